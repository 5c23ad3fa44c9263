"""Cookies: what ekomloven § 3-15 and the GDPR ask of each of them, and of their categories."""

from __future__ import annotations

from collections.abc import Iterator

from klartekst.check.finding import Example, Found, Rule, rule
from klartekst.check.rules.common import NOTICE_NB, REGISTER, signal
from klartekst.check.subject import NOTICE, Subject
from klartekst.model.consent import COOKIE_NAME
from klartekst.model.values import Duration, Slug

_INFORM = "Ekomloven § 3-15 first paragraph; GDPR article 13; CJEU C-673/17 (Planet49)"
_LONGEST = Duration(13, "month")
_STORES = ("localStorage", "sessionStorage")  # only the site's own scripts read them


def _lacking(
    subject: Subject, key: str, what: str, by_nature: tuple[str, ...] = ()
) -> Iterator[Found]:
    """Cookies that lack `key`, save those of a kind that has it `by_nature`."""
    for slug, cookie in subject.register.cookies.items():
        if getattr(cookie, key) is None and cookie.kind not in by_nature:
            message = f"{what} of the cookie {cookie.shown} is not stated"
            yield Found(subject.key_at("cookies", slug), message)


@rule(
    "cookie-without-provider", "warning", _INFORM,
    why="Before consenting, people must know who stores and reads on their equipment.",
    mend="Add “provider:”, by its key among the providers.",
    example=Example(
        REGISTER,
        bad="basket:\n  name: basket\n  category: necessary\n  party: first",
        good="basket:\n  name: basket\n  category: necessary\n  provider: site\n  party: first",
    ),
)  # fmt: skip
def cookie_without_provider(subject: Subject) -> Iterator[Found]:
    """A cookie's provider is not stated."""
    yield from _lacking(subject, "provider", "the provider")


@rule(
    "cookie-without-party", "warning", _INFORM,
    why="Whether others have access decides who can follow a visitor across sites.",
    mend="Add “party: first” where the cookie is set under the site's own domain, else third.",
    example=Example(
        REGISTER,
        bad="basket:\n  name: basket\n  category: necessary\n  provider: site",
        good="basket:\n  name: basket\n  category: necessary\n  provider: site\n  party: first",
    ),
)  # fmt: skip
def cookie_without_party(subject: Subject) -> Iterator[Found]:
    """It is not stated whether a cookie is first or third party."""
    yield from _lacking(subject, "party", "the party (first or third)", _STORES)


@rule(
    "cookie-without-lifetime", "warning", _INFORM,
    why="The Court of Justice held that the duration is among what people must know before they "
    "consent.",
    mend="Add “lifetime:”, for example “6 months” or “session”.",
    example=Example(
        REGISTER,
        bad="party: first\npurpose: {nb: Husker handlekurven, en: Remembers the basket}",
        good="party: first\nlifetime: session\npurpose: {nb: Husker handlekurven, en: "
        "Remembers the basket}",
    ),
)  # fmt: skip
def cookie_without_lifetime(subject: Subject) -> Iterator[Found]:
    """A cookie's lifetime is not stated."""
    yield from _lacking(subject, "lifetime", "the lifetime", ("sessionStorage", "pixel"))


@rule(
    "long-lifetime", "warning", "CNIL's guidance of 2020 and 2025, as a house rule",
    why="No Norwegian text sets a limit; the strictest guidance that can be tested is CNIL's: an "
    "optional first-party cookie lives 13 months at most.",
    mend="Shorten the lifetime in the tool that sets the cookie, then here.",
    example=Example(
        REGISTER,
        bad="lifetime: 2 years\npurpose: {nb: Skiller besøkende fra hverandre, en: Tells "
        "visitors apart}",
        good="lifetime: 13 months\npurpose: {nb: Skiller besøkende fra hverandre, en: Tells "
        "visitors apart}",
    ),
)  # fmt: skip
def long_lifetime(subject: Subject) -> Iterator[Found]:
    """An optional first-party cookie lives longer than 13 months."""
    limit = _LONGEST.seconds or 0
    for slug, cookie in subject.register.cookies.items():
        optional = not subject.register.cookie_categories[Slug(cookie.category)].exempt
        life = cookie.lifetime
        long = life and (life.unit == "persistent" or (life.seconds or 0) > limit)
        if optional and cookie.party == "first" and long:
            message = f"{cookie.shown} lives longer than 13 months"
            yield Found(subject.at("cookies", slug, "lifetime"), message)


@rule(
    "optional-cookies-basis", "warning",
    "Ekomloven § 3-15; EDPB, Report of the Cookie Banner Taskforce (17 January 2023), paragraph 24",
    why="Storing and reading on somebody's equipment needs consent, unless it is strictly "
    "necessary. Legitimate interests are no basis for it, whether or not data are anonymised "
    "later, and what follows on an unlawful placement is unlawful too.",
    mend="Rest the category on consent, or show that each of its cookies is strictly necessary.",
    example=Example(
        REGISTER,
        bad="basis: legitimate_interests\nconsent: required",
        good="basis: consent\nconsent: required",
    ),
)  # fmt: skip
def optional_cookies_basis(subject: Subject) -> Iterator[Found]:
    """A category of cookies that needs consent is said to rest on another basis."""
    register = subject.register
    for key, category in register.cookie_categories.items():
        basis = register.bases[Slug(category.basis)]
        if not category.exempt and basis.article.point != "a":
            message = f"“{key}” needs consent and is said to rest on “{category.basis}”"
            yield Found(subject.at("cookie_categories", key, "basis"), message)


@rule(
    "basis-on-condition", "warning",
    "Ekomloven § 3-15 first paragraph; EDPB, Guidelines 2/2023 on article 5(3) ePrivacy",
    why="The law asks for consent to any information that is stored or read, personal or not. That "
    "data are anonymised later changes nothing, and an identifier is not anonymous when it is set.",
    mend="Remove the condition.",
    example=Example(
        REGISTER,
        bad="basis: consent\nbasis_note: {nb: når aggregert, en: when aggregated}\nconsent: "
        "required",
        good="basis: consent\nconsent: required",
    ),
)  # fmt: skip
def basis_on_condition(subject: Subject) -> Iterator[Found]:
    """Whether optional cookies need consent is made to hang on what becomes of the data."""
    for key, category in subject.register.cookie_categories.items():
        notes = category.basis_note.in_language if category.basis_note else {}
        for language, text in notes.items():
            words = signal("anonymised", language)
            if not category.exempt and words and words.search(text):
                place = subject.at("cookie_categories", key, "basis_note", language)
                yield Found(place, f"“{text}” does not decide whether consent is needed")


@rule(
    "exemption-misplaced", "warning", "Ekomloven § 3-15 first and second paragraph",
    why="The first paragraph holds the duty to ask for consent; what is exempt stands in the "
    "second, letters a and b.",
    mend="Cite ekomloven § 3-15 second paragraph, with its letter.",
    example=Example(
        REGISTER, bad="nb: ekomloven §\u00a03-15 første ledd", good="nb: ekomloven §\u00a03-15"
    ),
)  # fmt: skip
def exemption_misplaced(subject: Subject) -> Iterator[Found]:
    """A category that needs no consent cites the paragraph that asks for it."""
    for key, category in subject.register.cookie_categories.items():
        cited = category.provision.in_language if category.provision else {}
        for language, text in cited.items():
            words = signal("first-paragraph", language)
            if category.exempt and words and words.search(text):
                place = subject.at("cookie_categories", key, "provision", language)
                yield Found(place, "the first paragraph asks for consent; it exempts nothing")


@rule(
    "category-without-cookies", "warning", "GDPR article 5(1)(a) and (b)",
    why="Consent to a category that holds nothing is consent to nothing; or a cookie is missing.",
    mend="List its cookies, or remove the category.",
    example=Example(
        REGISTER,
        bad="choice:\n  name: cookie_consent_status\n  category: analytics\n  provider: site\n"
        "  party: first\n  lifetime: 6 months\n  purpose: {nb: Husker valget ditt, en: Remembers "
        "your choice}\nbasket:\n  name: basket\n  category: analytics",
        good="choice:\n  name: cookie_consent_status\n  category: necessary\n  provider: site\n"
        "  party: first\n  lifetime: 6 months\n  purpose: {nb: Husker valget ditt, en: Remembers "
        "your choice}\nbasket:\n  name: basket\n  category: necessary",
    ),
)  # fmt: skip
def category_without_cookies(subject: Subject) -> Iterator[Found]:
    """A category of cookies has none."""
    used = {cookie.category for cookie in subject.register.cookies.values()}
    for key in subject.register.cookie_categories:
        if key not in used:
            message = f"the category “{key}” has no cookies"
            yield Found(subject.key_at("cookie_categories", key), message)


@rule(
    "consent-cookie-optional", "warning", "Ekomloven § 3-15 second paragraph letter b",
    why="What remembers a visitor's choice is set on a refusal too. It cannot need consent, and it "
    "need not: it is strictly necessary for what the visitor asked for.",
    mend="File it under a category with “consent: exempt”.",
    example=Example(
        REGISTER,
        bad="name: cookie_consent_status\ncategory: analytics",
        good="name: cookie_consent_status\ncategory: necessary",
    ),
)  # fmt: skip
def consent_cookie_optional(subject: Subject) -> Iterator[Found]:
    """The cookie that remembers the choice is filed as one that needs consent."""
    for slug, cookie in subject.register.cookies.items():
        category = subject.register.cookie_categories[Slug(cookie.category)]
        if cookie.name == COOKIE_NAME and not category.exempt:
            message = f"{COOKIE_NAME} remembers a refusal too, and is filed as “{cookie.category}”"
            yield Found(subject.at("cookies", slug, "category"), message)


@rule(
    "cookies-among-personal-data", "warning", "GDPR articles 12(1) and 13; ekomloven § 3-15",
    why="Categories of personal data and categories of cookies are different things. In one table "
    "neither has the columns that the law asks of it.",
    mend="Show {{ block.personal_data }} here and the cookies in a table of their own.",
    example=Example(
        NOTICE_NB, bad="{{ block.personal_data_and_cookies }}", good="{{ block.personal_data }}"
    ),
)  # fmt: skip
def cookies_among_personal_data(subject: Subject) -> Iterator[Found]:
    """Cookies stand among the categories of personal data."""
    for page in subject.pages:
        for passage in page.passages:
            if passage.block == "personal_data_and_cookies":
                message = "categories of cookies stand in the table of personal data"
                yield Found(passage.start, message)
    for key, category in subject.register.data_categories.items():
        for i, example in enumerate(category.examples):
            for language, text in example.in_language.items():
                pattern = signal("cookies", language)
                if pattern and pattern.search(text) and subject.register.cookies:
                    place = subject.at("data_categories", key, "examples", i, language)
                    message = f"“{text}” stands among personal data, and cookies have a table"
                    yield Found(place, message)


@rule(
    "withdrawal-by-browser", "warning",
    "GDPR article 7(3); EDPB, Report of the Cookie Banner Taskforce, paragraphs 32 and 34–35",
    why="Withdrawing consent must be as easy as giving it. A browser's settings are no withdrawal: "
    "they are not where consent was given, and do not tell the site.",
    mend="Show {{ block.consent }}, or say where on the site the choice is changed.",
    example=Example(
        NOTICE_NB,
        bad="Du kan blokkere dem via nettleserinnstillingene.",
        good="Navn, varighet og formål for hver av dem står [i listen over "
        "informasjonskapsler](page:cookies#list). Der [endrer du også valget "
        "ditt](page:cookies#choose).",
    ),
)  # fmt: skip
def withdrawal_by_browser(subject: Subject) -> Iterator[Found]:
    """A page sends people to their browser's settings and names no control on the site."""
    for page in subject.pages:
        browser = signal("browser-settings", page.page.language)
        control = signal("consent-control", page.page.language)
        if browser is None or control is None:
            continue
        scope = page.passages
        if page.page.id == NOTICE and (part := page.with_role("cookies")):
            scope = part.passages  # elsewhere the notice may speak of other choices
        sent = list(page.search(browser))
        offered = sent and any(p.block == "consent" or control.search(p.text) for p in scope)
        for passage, match in sent:
            if not offered:
                message = "only the browser's settings are named, and no control on the site"
                yield Found(passage.at(match.start()), message)


RULES: tuple[Rule, ...] = (
    cookie_without_provider, cookie_without_party, cookie_without_lifetime, long_lifetime,
    optional_cookies_basis, basis_on_condition, exemption_misplaced, category_without_cookies,
    consent_cookie_optional, cookies_among_personal_data, withdrawal_by_browser,
)  # fmt: skip

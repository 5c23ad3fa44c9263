/**
 * What this site asks for, and in which words. The build writes this file's value from
 * `data/register.yaml`, `data/site.yaml` and the catalogues; what stands here only gives it a type.
 */
export const data = /** @type {import('./types.d.ts').Data} */ ({});

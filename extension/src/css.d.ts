// Style sheets are taken in by the bundler; to TypeScript they are modules without exports.
declare module "*.css" {}

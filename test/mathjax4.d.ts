/** The few names of MathJax 4 that the tests use; the package has no types. */
declare module "mathjax" {
  const MathJax: {
    init(options: object): Promise<unknown>;
    tex2mml(latex: string): string;
  };
  export default MathJax;
}

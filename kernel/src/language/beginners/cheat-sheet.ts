/** What `help()` shows: the library by task, and what is called otherwise in NumPy and PyTorch. */
export const CHEAT_SHEET: string = `\
### Gradbook by task

**Build** \`tensor([[1, 2], [3, 4]])\` \`zeros(2, 3)\` \`ones(2, 3)\` \`eye(3)\` \`arange(5)\` \`linspace(0, 1, 5)\` \`randn(2, 3)\` \`seed(1)\` \`symbol("X", "α", "β")\`

**Compute** \`X.add(Y)\` \`X.sub(Y)\` \`X.mul(Y)\` (⊙) \`X.matmul(W)\` \`X.T\` \`exp(X)\` \`sigmoid(X)\` \`relu(X)\` \`sum(X, { axis: 0 })\` \`mean(X)\` \`X.at(0, 1)\` \`X.at(0)\` \`X.reshape(3, 2)\`; or as mathematics: \`\` math\`Y = σ(X W)\` \`\`

**Differentiate** \`J.backward()\`, then \`X.grad\`; \`grad(J, X)\` \`jacobian(Y, X)\` \`hessian(J, X)\`

**Ask why** \`explain(Y)\` \`paths(J, X)\` \`nudge(Y, X, 0, 1)\` \`\` check\`dX = dY ⊙ Y\` \`\` \`\` ask\`dX = dY ⊙ Y\` \`\` \`gradcheck(f, X)\`

**Look** \`graph(J)\` \`plot([1, 4, 9])\` \`plot({ x: [-2, 2], curve: sigmoid })\` \`display(X)\` \`latex(X)\`

**Play** \`live(X, { from: -3, to: 3 })\` to drag its entries, \`slider("η", 0, 1)\`; a click on a number of an output says why

**Train** \`MLP([2, 16, 2])\` \`sgd(model.parameters, { learningRate: 0.1 })\` \`adam(model.parameters)\` \`fit(loss, data, optimiser)\` \`crossEntropy(Z, labels)\` \`mse(Z, T)\` \`twoMoons(200)\`

**Help** \`help(sigmoid)\`, \`sigmoid?\` or Shift + Tab on a name; \`dir(X)\` lists what a tensor can do

| NumPy, PyTorch | here |
|---|---|
| \`np.array([1, 2])\`, \`torch.tensor([1, 2])\` | \`tensor([1, 2])\` |
| \`A * B\`, \`A @ B\`, \`A + 1\`, \`-A\` | \`A.mul(B)\`, \`A.matmul(B)\`, \`A.add(1)\`, \`A.neg()\` |
| \`A[0, 1]\`, \`A[0]\`, \`A[:, 0]\` | \`A.at(0, 1)\`, \`A.at(0)\`, \`A.slice(null, 0)\` |
| \`A.sum(axis=0, keepdims=True)\` | \`A.sum({ axis: 0, keepdims: true })\` |
| \`A.shape[0]\`, \`A.ndim\`, \`A.numel()\` | \`A.shape[0]\`, \`A.rank\`, \`A.size\` |
| \`A.T\`, \`A.view(3, 2)\`, \`A.astype(…)\` | \`A.T\`, \`A.reshape(3, 2)\`, \`A.cast("float32")\` |
| \`np.allclose(A, B)\`, \`A == B\` | \`allclose(A, B)\`, \`A.eq(B)\` |
| \`requires_grad=True\`, \`zero_grad()\`, \`no_grad()\` | nothing: every tensor on the way has its \`.grad\` |
| \`A.detach()\`, \`A.item()\`, \`A.tolist()\` | \`A.detach()\`, \`A.item()\`, \`A.toArray()\` |
| \`w -= lr * w.grad\` | \`w.assign(w.sub(w.grad.mul(lr)))\` |
| \`F.cross_entropy(z, y)\`, \`F.softmax(z, dim=1)\` | \`crossEntropy(z, y)\`, \`softmax(z)\` |
`;

/** A drawing as an image of pixels. */

/** Pixels of the image per unit of the drawing: sharp on paper too. */
const RESOLUTION = 2;

/** The PNG of an SVG that stands alone. */
export async function pngOf(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * RESOLUTION;
    canvas.height = image.naturalHeight * RESOLUTION;
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("Cannot make a PNG: this browser gives no canvas. Export the SVG");
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
    if (blob === null) throw new Error("Cannot make a PNG: the picture is too large. Export the SVG");
    return blob;
  } finally {
    URL.revokeObjectURL(address);
  }
}

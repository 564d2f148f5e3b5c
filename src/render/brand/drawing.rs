//! Pictures of dots: what is drawn as SVG or kept as PNG, on one sheet. The only file that names the library for it.

use resvg::tiny_skia::{FilterQuality, Pixmap, PixmapPaint, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

/// A rectangle of a sheet, in dots from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// From the left.
    pub x: f32,
    /// From above.
    pub y: f32,
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
}

/// A picture that was read.
#[derive(Clone)]
pub enum Picture {
    /// A drawing.
    Svg(Box<Tree>),
    /// Dots.
    Png(Pixmap),
}

impl Picture {
    /// Reads a drawing. What it wants from other files is left out, and so are its letters: whoever draws a logo
    /// turns them into outlines.
    ///
    /// # Errors
    /// What is wrong with it, in a few words.
    pub fn svg(bytes: &[u8]) -> Result<Self, String> {
        let options = Options {
            image_href_resolver: ImageHrefResolver {
                resolve_data: Box::new(|_, _, _| None),
                resolve_string: Box::new(|_, _| None),
            },
            ..Options::default()
        };
        let tree = Tree::from_data(bytes, &options).map_err(|error| error.to_string())?;
        Ok(Self::Svg(Box::new(tree)))
    }

    /// Reads dots, at most `most` to a side.
    ///
    /// # Errors
    /// What is wrong with them, in a few words.
    pub fn png(bytes: &[u8], most: u32) -> Result<Self, String> {
        let (width, height) = png_size(bytes).ok_or("it has no head")?;
        if width > most || height > most {
            return Err(format!("it has {width} × {height} dots; at most {most} to a side are read"));
        }
        Pixmap::decode_png(bytes).map(Self::Png).map_err(|error| error.to_string())
    }

    /// Its width and height, in its own measure.
    pub fn size(&self) -> (f32, f32) {
        match self {
            Self::Svg(tree) => (tree.size().width(), tree.size().height()),
            #[expect(clippy::cast_precision_loss, reason = "a few thousand at most")]
            Self::Png(dots) => (dots.width() as f32, dots.height() as f32),
        }
    }
}

/// Width and height of a PNG as its head says (ISO/IEC 15948, 11.2.1).
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    const HEAD: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";
    let size = bytes.strip_prefix(HEAD)?;
    let number = |at: usize| Some(u32::from_be_bytes(size.get(at..at + 4)?.try_into().ok()?));
    Some((number(0)?, number(4)?))
}

/// A sheet of dots.
pub struct Sheet(Pixmap);

impl Sheet {
    /// An empty sheet; nothing if it has no dots.
    pub fn new(width: u32, height: u32) -> Option<Self> {
        Pixmap::new(width, height).map(Self)
    }

    /// Draws SVG over the whole sheet.
    pub fn draw(&mut self, svg: &str) -> Option<()> {
        let Ok(Picture::Svg(tree)) = Picture::svg(svg.as_bytes()) else { return None };
        resvg::render(&tree, Transform::identity(), &mut self.0.as_mut());
        Some(())
    }

    /// Puts a picture into the middle of `area`, as large as it fits.
    pub fn put(&mut self, picture: &Picture, area: Area) {
        let (width, height) = picture.size();
        let scale = (area.width / width).min(area.height / height);
        let x = area.x + (area.width - width * scale) / 2.0;
        let y = area.y + (area.height - height * scale) / 2.0;
        let transform = Transform::from_row(scale, 0.0, 0.0, scale, x, y);
        match picture {
            Picture::Svg(tree) => resvg::render(tree, transform, &mut self.0.as_mut()),
            Picture::Png(dots) => {
                let paint = PixmapPaint { quality: FilterQuality::Bicubic, ..PixmapPaint::default() };
                self.0.draw_pixmap(0, 0, dots.as_ref(), &paint, transform, None);
            }
        }
    }

    /// The sheet as a PNG.
    pub fn png(self) -> Option<Vec<u8>> {
        self.0.encode_png().ok()
    }
}

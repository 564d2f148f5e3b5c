//! Photographs come to a phone in fewer dots, and without what is no picture.

use std::fs;
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::{ImageReader, RgbImage};
use program::{dated, put, read};

mod program;

/// A photograph of a wall, so many dots wide.
fn photograph(width: u32) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, width / 2, |x, y| {
        let grain = u8::try_from((x * x + y * y * 3) % 61).expect("small");
        [120 + grain, 110 + grain, 100 + grain].into()
    });
    let mut encoded = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut encoded, 92)).expect("encoded");
    encoded
}

#[test]
fn a_photograph_comes_in_as_many_dots_as_a_screen_can_show() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let root = folder.path();
    put(root.join("content/portal.yaml"), "title: Portal\nlanguages: [en]\n");
    put(root.join("content/guides/desk.md"), "# Desk\n\n![The desk](desk.jpg)\n\n[The hall](hall.jpg)\n");
    for name in ["desk.jpg", "hall.jpg"] {
        put(root.join("content/guides").join(name), photograph(2_400));
    }
    dated(root, &["build"]).fine();
    let public = root.join("public");
    let page = read(public.join("guides/desk/index.html"));
    let (_, srcset) = page.split_once("srcset=\"").expect("a choice");
    let names: Vec<(&str, &str)> = srcset
        .split('"')
        .next()
        .unwrap_or_default()
        .split(", ")
        .filter_map(|each| each.split_once(' '))
        .collect();
    let widths: Vec<&str> = names.iter().map(|(_, width)| *width).collect();
    assert_eq!(widths, ["800w", "1600w", "2400w"], "{page}");
    assert!(
        page.contains("width=\"2400\" height=\"1200\"") && page.contains("src=\"../desk.jpg\""),
        "{page}"
    );
    // A page in a folder of its own leads one folder up.
    let beside = public.join("guides");
    let whole = fs::metadata(public.join("guides/desk.jpg")).expect("the picture").len();
    for (name, width) in &names[..2] {
        let file = beside.join(name.trim_start_matches("../"));
        let (wide, _) = ImageReader::open(&file).expect("a copy").into_dimensions().expect("a picture");
        assert_eq!(format!("{wide}w"), **width);
        assert!(fs::metadata(&file).expect("a copy").len() < whole);
    }
    // A copy that stands there is not made again, one that somebody took away or spoiled is.
    let copy = beside.join(names[0].0.trim_start_matches("../"));
    let (bytes, time) =
        (fs::read(&copy).expect("a copy"), fs::metadata(&copy).expect("a copy").modified().ok());
    put(root.join("content/guides/new.md"), "# New\n");
    dated(root, &["build", "-q", "--verify-incremental"]).fine();
    assert_eq!(fs::metadata(&copy).expect("a copy").modified().ok(), time);
    for spoil in [|path| fs::remove_file(path), |path| fs::write(path, "by hand")] as [fn(&Path) -> _; 2] {
        spoil(&copy).expect("spoiled");
        dated(root, &["build", "-q"]).fine();
        assert!(fs::read(&copy).expect("a copy") == bytes);
    }
    // What is linked to and not shown needs no copies.
    let copies = fs::read_dir(public.join("guides")).expect("the folder").flatten();
    let copies = copies.filter(|file| file.file_name().to_string_lossy().contains("00w."));
    assert_eq!(copies.count(), 2);
}

import { describe, expect, it } from "vitest";

import { addressesOf, isPicture, onlyNames, wishedName } from "../src/figures/pictures";

describe("what is a picture", () => {
  it.each([
    ["image/png", "anything"],
    ["image/x-unheard-of", "scan"],
    ["IMAGE/PNG", ""],
    ["", "phone.HEIC"], // a browser on Linux knows no media type for it
    ["application/octet-stream", "curve.jpeg"],
  ])("%s %s is one", (mime, name) => {
    expect(isPicture(mime, name)).toBe(true);
  });

  it.each([["application/pdf", "loss.pdf"], ["text/plain", "png"], ["video/mp4", "demo.mp4"], ["", "notes.png.txt"]])("%s %s is none", (mime, name) => {
    expect(isPicture(mime, name)).toBe(false);
  });
});

describe("the name of a new picture", () => {
  it.each([
    ["loss curve (2).png", "image/png", "loss curve (2).png"],
    ["IMG_2041.JPG", "image/jpeg", "IMG_2041.JPG"],
    ["v1.2 run", "image/png", "v1.2 run.png"],
    ["C:\\temp\\bucket.png", "", "bucket.png"],
    ["/home/me/bucket.png", "", "bucket.png"],
  ])("%s (%s) stays %s", (name, mime, wished) => {
    expect(wishedName(name, mime, 14)).toBe(wished);
  });

  it.each([
    ["image.png", "image/png", "question-14.png"],
    ["image (3).png", "image/png", "question-14.png"],
    ["", "image/jpeg", "question-14.jpg"],
    ["blob", "image/webp", "question-14.webp"],
    ["Untitled.png", "", "question-14.png"],
    ["unknown", "image/x-unheard-of", "question-14.png"],
  ])("%s (%s) says nothing: %s", (name, mime, wished) => {
    expect(wishedName(name, mime, 14)).toBe(wished);
  });

  it("is plain where no question is known", () => {
    expect(wishedName("image.png", "image/png", undefined)).toBe("figure.png");
  });
});

it("reads a list of addresses, as its standard has it", () => {
  expect(addressesOf("# two files\r\nfile:///a/b.png\r\n\r\nfile:///a/c.png\r\n")).toEqual(["file:///a/b.png", "file:///a/c.png"]);
});

describe("text that comes with pictures", () => {
  const names = ["loss curve.png", "bucket.png"];

  it.each(["", "bucket.png", "/home/me/loss curve.png\n/home/me/bucket.png\n", "file:///home/me/loss%20curve.png", "C:\\temp\\bucket.png"])(
    "%j only names them",
    (text) => {
      expect(onlyNames(text, names)).toBe(true);
    },
  );

  it.each(["precision\trecall", "bucket.png\nis the storage", "100 %"])("%j is more than that", (text) => {
    expect(onlyNames(text, names)).toBe(false);
  });
});

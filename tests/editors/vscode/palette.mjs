// A screenshot in a third of its bytes: 256 colours, and the nearest of them for the others.

import { inflateSync } from "node:zlib";
import { assemble, chunks } from "./pictures.mjs";

/** The bytes of each pixel of an 8-bit PNG without interlacing, rows one after the other, filters undone. */
function pixelsOf(header, data) {
  const width = header.readUInt32BE(0);
  const size = header[9] === 6 ? 4 : 3;
  const length = width * size;
  const raw = inflateSync(data);
  const rows = raw.length / (length + 1);
  const out = Buffer.alloc(rows * length);
  for (let row = 0; row < rows; row += 1) {
    const filter = raw[row * (length + 1)];
    for (let x = 0; x < length; x += 1) {
      const at = row * length + x;
      const left = x >= size ? out[at - size] : 0;
      const above = row > 0 ? out[at - length] : 0;
      const corner = row > 0 && x >= size ? out[at - length - size] : 0;
      out[at] = raw[row * (length + 1) + 1 + x] + [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter];
    }
  }
  return { width, rows, size, out };
}

// https://www.w3.org/TR/png-3/#9Filter-type-4-Paeth
function paeth(left, above, corner) {
  const guess = left + above - corner;
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((value) => Math.abs(guess - value));
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];

function distance(one, other) {
  const [first, second] = [parts(one), parts(other)];
  return first.reduce((sum, value, index) => sum + (value - second[index]) ** 2, 0);
}

/** Colours that stand for all: the most frequent, and of the others those that are not near another, such as an icon's. */
function choose(all) {
  for (let nearness = 0; ; nearness += 16) {
    const chosen = all.slice(0, 128);
    for (const colour of all.slice(128)) {
      if (!chosen.some((other) => distance(colour, other) < nearness)) chosen.push(colour);
      if (chosen.length > 256) break;
    }
    if (chosen.length <= 256) return chosen;
  }
}

/** The same PNG with at most 256 colours. */
export function withPalette(png) {
  const { header, data } = chunks(png);
  const { width, rows, size, out } = pixelsOf(header, data);
  const colours = Array.from({ length: width * rows }, (_, pixel) => out.readUIntBE(pixel * size, 3));
  const counts = new Map();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const all = [...counts.keys()].sort((one, other) => counts.get(other) - counts.get(one));
  const palette = choose(all);
  const nearest = (colour) => palette.reduce((best, other, index) => (distance(colour, other) < distance(colour, palette[best]) ? index : best), 0);
  const indexes = new Map(all.map((colour) => [colour, nearest(colour)]));
  const lines = Buffer.alloc(rows * (width + 1));
  colours.forEach((colour, pixel) => { lines[Math.floor(pixel / width) * (width + 1) + 1 + (pixel % width)] = indexes.get(colour); });
  return assemble(width, rows, 3, lines, Buffer.from(palette.flatMap(parts)));
}

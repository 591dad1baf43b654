import { expect, it } from "vitest";
import { decoded, indented } from "./xml.ts";

it("reads bytes as the UTF-8 they are", () => {
  expect(decoded("TXXDsW96")).toBe("Muñoz");
});

it("puts each element on a line of its own, as deep as it lies", () => {
  const xml = '<?xml version="1.0"?><A><B q="1">text</B><C/><D><E>x</E></D></A>';
  expect(indented(xml).split("\n")).toEqual([
    '<?xml version="1.0"?>',
    "<A>",
    '  <B q="1">text</B>',
    "  <C/>",
    "  <D>",
    "    <E>x</E>",
    "  </D>",
    "</A>",
  ]);
});

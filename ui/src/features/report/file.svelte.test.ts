import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { commands, events, type ReportMonth, type ReportWish } from "../../api/bindings";
import { monthFile } from "./file.svelte";

const OCTOBER: ReportWish = { month: "2026-10", districts: [], language: "de" };

function counted(month: string, count: number, title = "Übersicht"): ReportMonth {
  const row = { head: { id: "conversations", title }, cells: [{ is: "count" as const, count }] };
  return {
    month,
    records: count,
    tables: [{ id: "overview", title, rows_are: "", columns: [], rows: [row] }],
  };
}

beforeEach(async () => {
  monthFile.watched = true;
  vi.spyOn(events.exporting, "listen").mockResolvedValue(() => {});
  vi.spyOn(commands, "exportReport").mockResolvedValue({
    status: "ok",
    data: {
      how: "written",
      file: { name: "a.xlsx", folder: "/d", records: 240, is_list: false, with_texts: false },
    },
  });
  await monthFile.write(OCTOBER, "xlsx", "figures", false, false);
  monthFile.beside(OCTOBER, counted("2026-10", 240));
});
afterEach(() => vi.restoreAllMocks());

it("a file is told about as long as its own figures are shown, in whatever language", () => {
  monthFile.beside({ ...OCTOBER, language: "en" }, counted("2026-10", 240, "Overview"));
  expect(monthFile.stage).toMatchObject({ is: "written", isOld: false });
});

it("a file that is older than the figures beside it says so", () => {
  monthFile.beside(OCTOBER, counted("2026-10", 242));
  expect(monthFile.stage).toMatchObject({ is: "written", isOld: true });
});

it("a file of another month or district is no longer told about", () => {
  const november = { ...OCTOBER, month: "2026-11" };
  monthFile.beside(november, counted("2026-10", 240));
  expect(monthFile.stage.is, "the month is still being counted").toBe("written");
  monthFile.beside(november, counted("2026-11", 1));
  expect(monthFile.stage.is).toBe("idle");
});

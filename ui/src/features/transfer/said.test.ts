import { beforeEach, describe, expect, it } from "vitest";
import type { Transfer } from "../../api/bindings";
import { overwriteGetLocale } from "../../words/runtime";
import { say } from "./said";

const now = new Date(2026, 9, 14, 11, 0);
const at = (hour: number, minute: number) => new Date(Date.UTC(2026, 9, 14, hour - 2, minute)).toISOString();
const calm: Transfer = {
  pace: "resting",
  since: null,
  waiting: 0,
  files: 0,
  refused: 0,
  two_versions: 0,
  last_at: at(8, 12),
  received: 0,
  sent: 0,
  next_at: null,
  aside: 0,
  notices: 0,
};
const said = (change: Partial<Transfer>) => say({ ...calm, ...change }, now);

describe("the transfer in words", () => {
  beforeEach(() => overwriteGetLocale(() => "de"));

  it("says when all is there", () => {
    expect(said({}).line).toBe("Alles übertragen, 08:12");
  });

  it("names the day where it was not today", () => {
    expect(said({ last_at: "2026-10-13T15:05:00Z" }).line).toBe("Alles übertragen, 13. Oktober, 17:05");
  });

  it("counts what waits", () => {
    expect(said({ waiting: 1 }).line).toBe("1 Eintrag wartet");
    expect(said({ waiting: 3 }).line).toBe("3 Einträge warten");
    expect(said({ files: 1 }).line).toBe("1 Foto oder Datei wartet");
    expect(said({ waiting: 1, files: 2 }).line).toBe("1 Eintrag wartet, 2 Fotos oder Dateien warten");
  });

  it("offline is no error: one can go on", () => {
    const { line, more } = said({ pace: "offline", since: at(9, 40), waiting: 2 });
    expect(line).toBe("Offline seit 09:40");
    expect(more).toBe("2 Einträge warten. Sie können weiterarbeiten.");
  });

  it("two versions come before what waits, and are never called a conflict", () => {
    const { line, more } = said({ two_versions: 1, waiting: 1 });
    expect(line).toBe("1 Eintrag in zwei Fassungen");
    expect(more).toBe("1 Eintrag wartet, zuletzt 08:12");
  });

  it("counts what a long round has done so far", () => {
    expect(said({ pace: "running", received: 1240, sent: 1 }).more).toBe(
      "1.240 Einträge empfangen, 1 Eintrag gesendet",
    );
  });

  it("speaks English too", () => {
    overwriteGetLocale(() => "en");
    expect(said({ waiting: 3 }).line).toBe("3 entries waiting");
  });
});

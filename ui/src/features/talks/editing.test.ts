import { beforeEach, describe, expect, it, vi } from "vitest";
import type { TalkForm } from "../../api/bindings";
import { keepAll } from "../../api/keeping";

/** What the program was asked, in its order, and whether its disk takes anything. */
const program = vi.hoisted(() => ({ asked: [] as string[], full: false, slow: 0, files: 0 }));

vi.mock("../../api/bindings", () => {
  const answer = async (name: string, data: unknown) => {
    const { full, slow } = program;
    await new Promise((over) => setTimeout(over, name === "keep" ? slow : 0));
    program.asked.push(name);
    const error = { code: "full", field: null, faults: [] };
    return full ? { status: "error", error } : { status: "ok", data };
  };
  const has = <T>(form: TalkForm, answered: T) => {
    program.files = form.files?.length ?? 0;
    return answered;
  };
  return {
    commands: {
      openTalk: async () => ({ status: "ok", data: { id: null, form: {}, kept: false, gone: false } }),
      keepTalk: (_: string, form: TalkForm) => has(form, answer("keep", null)),
      putTalkAside: (_: string, form: TalkForm) => has(form, answer("aside", "note:aside")),
      finishTalk: (_: string, form: TalkForm) =>
        has(form, answer("finish", { id: "1", step: 1, two_versions: [] })),
      dropTalk: () => answer("drop", null),
    },
  };
});

const { Editing } = await import("./editing.svelte");
const { NEW } = await import("./left");

async function typing(with_: Partial<TalkForm>) {
  const editing = new Editing();
  await editing.begin(NEW, { districts: ["d"] });
  Object.assign(editing.form, with_);
  return editing;
}

describe("what is being typed", () => {
  beforeEach(() => Object.assign(program, { asked: [], full: false, slow: 0, files: 0 }));

  it("is never kept as a draft after it was finished", async () => {
    program.slow = 50;
    const editing = await typing({ text: "Der Aufzug steht.", topics: ["wohnen"] });
    const keeping = editing.keep();
    await editing.finish();
    await keeping;
    expect(program.asked).toEqual(["keep", "finish"]);
  });

  it("stays in the window where the disk is full, and is there again in the next form", async () => {
    program.full = true;
    const editing = await typing({ text: "Kaum getippt" });
    expect(await editing.keep()).toBe(false);
    expect((await editing.leave()).how).toBe("stuck");
    const again = await typing({});
    expect(again.form.text).toBe("Kaum getippt");
    expect(await keepAll(), "the notebook is not locked over it").toBe(false);

    program.full = false;
    expect(await keepAll(), "room was made").toBe(true);
    expect((await typing({})).form.text).toBe("");
  });

  it("is not written over by what was stuck before", async () => {
    program.full = true;
    const editing = await typing({ text: "Halb" });
    await editing.leave();
    program.full = false;
    editing.form.text = "Halb und mehr";
    await editing.keep();
    expect((await typing({})).form.text, "the program has the newer text").toBe("");
  });

  const photo = { id: "p", blob: "", key: "", media_type: "image/jpeg", name: "bank.jpg", caption: "" };

  function taken(editing: InstanceType<typeof Editing>) {
    let came: () => void = () => undefined;
    editing.arriving.add(new Promise((over) => (came = () => ((editing.form.files = [photo]), over(true)))));
    return () => came();
  }

  it("is finished with the photo that was still on its way in", async () => {
    const editing = await typing({ text: "Die Bank ist kaputt.", topics: ["wohnen"] });
    const come = taken(editing);
    const finished = editing.finish();
    expect(await editing.finish(), "the second word changes nothing").toBeUndefined();
    expect(program.asked).toEqual([]);
    come();
    expect(await finished).toBeDefined();
    expect(program.files).toBe(1);
  });

  it("is left at once, and the photo follows it into the draft", async () => {
    const editing = await typing({ text: "Die Bank ist kaputt." });
    const come = taken(editing);
    const left = editing.leave();
    await vi.waitFor(() => expect(program.asked).toEqual(["aside"]));
    come();
    expect(await left).toEqual({ how: "kept", key: "note:aside" });
    expect(program.asked).toEqual(["aside", "keep"]);
    expect(program.files).toBe(1);
  });

  it("is not finished without the photo that could not be taken in until somebody says so again", async () => {
    const editing = await typing({ text: "Die Bank ist kaputt.", topics: ["wohnen"] });
    editing.arriving.add(Promise.resolve(false));
    expect(await editing.finish()).toBeUndefined();
    expect(program.asked).toEqual([]);
    expect(await editing.finish()).toBeDefined();
  });

  it("can still be finished after a file fell over on its way in", async () => {
    const editing = await typing({ text: "Die Bank ist kaputt.", topics: ["wohnen"] });
    editing.arriving.add(Promise.reject(new Error("moved away")));
    expect(await editing.finish()).toBeUndefined();
    expect(await editing.finish()).toBeDefined();
  });
});

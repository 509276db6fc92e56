import { commands, type Act, type ActForm } from "../../api/bindings";
import { Editor } from "../../api/editor.svelte";
import { cityNow } from "../../kern/clock";
import { isoDay } from "../../kern/dates";

/** What is typed to do something to a request: kept like any text, and done only when somebody says so. */
export function acting(request: string, act: Act, begun: Partial<ActForm>): Editor<ActForm> {
  return new Editor<ActForm>(request, {
    kind: `request ${act}`,
    asked: true,
    open: async (id) => {
      const kept = await commands.openAct(id, act);
      if (kept.status === "error") return kept;
      return { status: "ok", data: { form: kept.data ?? blank(begun), typed: kept.data !== null } };
    },
    keep: (id, form) => commands.keepAct(id, act, form),
    save: (id, form) => commands.act(id, act, form),
  });
}

function blank(begun: Partial<ActForm>): ActForm {
  return {
    step: "",
    on: isoDay(cityNow()),
    whom: "",
    text: "",
    status: "",
    reason: "",
    result: "",
    duplicate_of: "",
    feedback: "",
    way: "",
    ...begun,
  };
}

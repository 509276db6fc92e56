import "./api/brought";
import { mount } from "svelte";
import "./kern/fonts.scss";
import "./kern/kern.scss";
import "./kern/tokens.css";
import "./kern/base.css";
import { standing } from "./api/standing.svelte";
import { language } from "./features/language/language.svelte";
import App from "./App.svelte";

/** Longer than a notebook takes that opens by itself, shorter than anybody notices. */
const PATIENCE_MS = 100;

/** How things stand usually comes at once: then the first screen is the first thing that is drawn. */
async function begin(target: HTMLElement) {
  const told = standing.look().then((chosen) => language.begin(chosen));
  await Promise.race([told, new Promise((done) => setTimeout(done, PATIENCE_MS))]);
  mount(App, { target });
}

const target = document.getElementById("app");
if (target) void begin(target);

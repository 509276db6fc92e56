import { mount } from "svelte";
import "./kern/kern.scss";
import "./kern/tokens.css";
import "./kern/base.css";
import App from "./App.svelte";

const target = document.getElementById("app");
if (target) mount(App, { target });

// Before any part of the window asks for something: see `first.ts`.
import { bring } from "./first";

bring(document.getElementById("first"));

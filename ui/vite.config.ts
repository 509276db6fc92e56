import { paraglideVitePlugin } from "@inlang/paraglide-js";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [
    svelte(),
    paraglideVitePlugin({
      project: "./project.inlang",
      outdir: "./src/words",
      strategy: ["globalVariable", "baseLocale"],
    }),
  ],
  // KERN's own sources speak a Sass of some years ago.
  css: { preprocessorOptions: { scss: { loadPaths: ["node_modules"], quietDeps: true } } },
  build: {
    // The web view is WebKitGTK 2.38 or newer, WKWebView 16 or WebView2.
    target: ["safari16", "chrome110"],
    // Fonts and pictures stay files: the content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One stylesheet: whoever looks at a page as it stands (forced colours) has all of it.
    cssCodeSplit: false,
    // A word comes with the part of the window that says it, and not with the list of all words.
    rolldownOptions: {
      treeshake: { moduleSideEffects: [{ test: /\/src\/words\//, sideEffects: false }] },
    },
  },
  test: { include: ["src/**/*.test.ts"] },
});

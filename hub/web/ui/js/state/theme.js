import { effect, signal } from "@preact/signals";

/** 'system', 'light' or 'dark'; kept on this device. */
export const theme = signal(localStorage.getItem("theme") || "system");

effect(() => {
  localStorage.setItem("theme", theme.value);
  if (theme.value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
});

const ORDER = ["system", "light", "dark"];
export const nextTheme = () => (theme.value = ORDER[(ORDER.indexOf(theme.value) + 1) % ORDER.length]);

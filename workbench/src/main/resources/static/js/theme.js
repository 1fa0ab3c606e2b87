// Runs before the page is painted, so that a chosen theme does not flash and what works without script only is not seen.
(() => {
  document.documentElement.dataset.script = "on";
  const chosen = localStorage.getItem("gatehouse-theme");
  if (chosen === "light" || chosen === "dark") {
    document.documentElement.dataset.theme = chosen;
  }
  // The zone that the server writes times in, unless somebody has chosen another. The first page is in UTC.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !/(^|; )gatehouse-zone=/.test(document.cookie)) {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `gatehouse-zone=${encodeURIComponent(zone)}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  }
})();

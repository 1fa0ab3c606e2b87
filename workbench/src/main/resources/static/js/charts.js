// Draws the tables of charts ("data-chart" names the table) with uPlot. What is drawn is what stands in the table; whoever cannot
// see the drawing, or has no script, reads the table.
(() => {
  "use strict";

  const drawings = new Map();
  const minute = 60;
  const hour = 60 * minute;
  const day = 24 * hour;
  const steps = [1, 5, 10, 30, minute, 5 * minute, 10 * minute, 30 * minute, hour, 2 * hour, 6 * hour, 12 * hour,
    day, 2 * day, 7 * day, 14 * day, 28 * day, 91 * day, 364 * day];

  function duration(seconds) {
    const unit = seconds >= 2 * day ? [day, "d"] : seconds >= hour ? [hour, "h"] : seconds >= minute ? [minute, "min"] : [1, "s"];
    return Math.round(seconds / unit[0] * 10) / 10 + " " + unit[1];
  }

  const colourOf = (element, property) => getComputedStyle(element)[property];

  function read(table) {
    const rows = [...table.tBodies[0].rows].filter(row => row.dataset.at);
    const series = [...table.tHead.rows[0].cells].filter(head => head.querySelector(".chart-mark")).map(head => ({
      title: head.textContent.trim(),
      colour: colourOf(head.querySelector(".chart-mark"), "backgroundColor"),
      values: rows.map(row => row.cells[head.cellIndex].dataset.value).map(value => value === undefined ? null : Number(value)),
      texts: rows.map(row => row.cells[head.cellIndex].textContent.trim())
    }));
    return {
      kind: table.dataset.kind,
      isTime: table.dataset.unit === "seconds",
      step: table.tHead.rows[0].cells[0].textContent.trim(),
      at: rows.map(row => Number(row.dataset.at)),
      labels: rows.map(row => row.cells[0].textContent.trim()),
      series
    };
  }

  // Bars lie one upon the other: each reaches from the ground to the sum of those before it, the highest is drawn first.
  function stacked(series) {
    const sums = series.length > 0 ? series[0].values.map(() => 0) : [];
    return series.map(each => ({...each, values: each.values.map((value, index) => sums[index] += value || 0)})).reverse();
  }

  function options(place, chart, width) {
    const text = colourOf(place, "color");
    const line = colourOf(place, "borderTopColor");
    const isBars = chart.kind === "bars";
    const apart = chart.at.length > 1 ? chart.at[1] - chart.at[0] : day;
    const axis = {stroke: text, grid: {stroke: line, width: 1}, ticks: {stroke: line, width: 1}, font: "12px system-ui, sans-serif"};
    const shown = isBars ? stacked(chart.series) : chart.series;
    return {
      width,
      height: place.dataset.height ? Number(place.dataset.height) : 200,
      tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      cursor: {drag: {x: false, y: false, setScale: false}, points: isBars ? {show: false} : {}},
      padding: [12, 28, 0, 0],
      scales: {
        x: {range: (drawn, from, to) => [from - apart / 2, to + apart / 2]},
        y: {range: (drawn, from, to) => [0, Math.max(to || 0, chart.isTime ? 10 : 4) * 1.05]}
      },
      axes: [
        {...axis, values: "{YYYY}-{MM}-{DD}", space: 90},
        {...axis, size: 62, incrs: chart.isTime ? steps : [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6],
          values: (drawn, splits) => splits.map(value => chart.isTime ? duration(value) : value.toLocaleString("en"))}
      ],
      series: [
        {label: chart.step, value: (drawn, value, which, index) => index === null ? "–" : chart.labels[index]},
        ...shown.map(each => ({
          label: each.title,
          stroke: each.colour,
          fill: isBars ? each.colour : undefined,
          width: isBars ? 0 : 2,
          paths: isBars ? uPlot.paths.bars({size: [0.7, 48]}) : undefined,
          points: {show: !isBars, size: 6, fill: each.colour},
          spanGaps: false,
          value: (drawn, value, which, index) => index === null ? "–" : each.texts[index]
        }))
      ],
      data: [chart.at, ...shown.map(each => each.values)]
    };
  }

  function draw(place, isAnew) {
    const table = document.getElementById(place.dataset.chart);
    const width = Math.floor(place.clientWidth);
    if (!table || width === 0) {
      return;
    }
    const chart = read(table);
    const known = drawings.get(place);
    const content = JSON.stringify(chart);
    if (known && !isAnew && known.content === content) {
      if (known.plot.width !== width) {
        known.plot.setSize({width, height: known.plot.height});
      }
      return;
    }
    known?.plot.destroy();
    const {data, ...rest} = options(place, chart, width);
    drawings.set(place, {plot: new uPlot(rest, data, place), content});
  }

  const sizes = new ResizeObserver(entries => entries.forEach(entry => draw(entry.target, false)));

  function drawAll(isAnew) {
    [...drawings.keys()].filter(place => !place.isConnected).forEach(place => {
      drawings.get(place).plot.destroy();
      drawings.delete(place);
      sizes.unobserve(place);
    });
    document.querySelectorAll("[data-chart]").forEach(place => {
      if (!drawings.has(place)) {
        sizes.observe(place);
      }
      draw(place, isAnew);
    });
  }

  document.addEventListener("htmx:afterSettle", () => drawAll(false));
  new MutationObserver(() => drawAll(true)).observe(document.documentElement, {attributeFilter: ["data-theme", "data-density"]});
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll(true));
  drawAll(false);
})();

/// The page's style: light and dark, for screens of any width and for paper.
enum HTMLStyle {
  /// What the page's policy allows: the SHA-256 of `text`, in Base64. A test tells what it has to be.
  static let hash = "sha256-QqX4n7W0pZxRC8wc9gJkJTUrwocHy66Px1P7o3hjurw="

  /// Neither `<` nor `&` stands in it, so that the page can be read as XML, too.
  static let text = """

    :root {
      color-scheme: light dark;
      --page: #fff; --text: #1b1f24; --soft: #59636e; --line: #d5dae0; --shade: #f4f6f8; --link: #0a58b5;
      --bar: #2f6fb7; --track: #e8ecf0; --error: #b3261e; --warning: #8a5300; --info: #0a58b5; --good: #1a6e3a;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #14171b; --text: #e4e8ec; --soft: #9aa5b1; --line: #353c45; --shade: #1e2329; --link: #82b5f2;
        --bar: #5f9be0; --track: #262c33; --error: #ff8f87; --warning: #f0b45c; --info: #82b5f2; --good: #6fcf8f;
      }
    }
    * { box-sizing: border-box; }
    body {
      font: 14px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif;
      color: var(--text); background: var(--page); margin: 0 auto; max-width: 92rem; padding: 1.5rem;
    }
    h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 0.6rem; overflow-wrap: anywhere; }
    h2 { font-size: 1.2rem; margin: 2.2rem 0 0.7rem; }
    a { color: var(--link); }
    code { font: 0.93em ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace; }
    [hidden] { display: none !important; }
    :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
    .kind, .note, .hint { color: var(--soft); }
    .kind { margin: 0; }
    .note { margin: 0.3rem 0; font-size: 0.93em; }
    .hint { margin: 0.2rem 0 0; font-size: 0.93em; }
    .outcome { font-size: 0.9rem; font-weight: 600; vertical-align: middle; border: 1px solid; border-radius: 1rem; padding: 0.1rem 0.7rem; white-space: nowrap; }
    .failed { color: var(--error); }
    .passed { color: var(--good); }
    dl, dd { margin: 0; }
    .origin, .counts { display: flex; flex-wrap: wrap; }
    .origin { gap: 0.1rem 1.5rem; color: var(--soft); }
    .origin div { display: flex; gap: 0.4rem; }
    .origin dd { color: var(--text); overflow-wrap: anywhere; }
    .counts { gap: 0.7rem; margin-top: 1.2rem; }
    .counts div { display: flex; flex-direction: column-reverse; border: 1px solid var(--line); border-radius: 6px; padding: 0.5rem 0.9rem; min-width: 7rem; }
    .counts dt { color: var(--soft); }
    .counts dd { font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
    .counts .error dd, .badge.error { color: var(--error); }
    .counts .warning dd, .badge.warning { color: var(--warning); }
    .counts .info dd, .badge.info { color: var(--info); }
    .counts .fixed dd { color: var(--good); }
    .badge.error { font-weight: 600; }
    .badge.known, .badge.waived { color: var(--soft); }

    .charts { display: grid; grid-template-columns: 1fr 1fr; gap: 1.2rem; align-items: start; }
    figure { margin: 0; border: 1px solid var(--line); border-radius: 6px; padding: 0.9rem 1rem; min-width: 0; }
    figure.wide { grid-column: 1 / -1; }
    figcaption { font-weight: 600; margin-bottom: 0.7rem; }
    svg { display: block; }
    svg text { font-size: 13px; fill: var(--text); }
    svg .value { text-anchor: end; font-variant-numeric: tabular-nums; }
    svg .middle { text-anchor: middle; font-size: 11px; }
    svg .day, svg .other { fill: var(--soft); }
    svg .bar { fill: var(--bar); }
    svg .bar.other { fill: var(--soft); }
    svg .track { fill: var(--track); }
    svg .axis { fill: var(--line); }
    .weeks { overflow-x: auto; }

    table { border-collapse: collapse; width: 100%; }
    #findings-table { table-layout: fixed; }
    #rules col.place { width: 15rem; }
    th, td { border-bottom: 1px solid var(--line); padding: 0.4rem 0.6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
    td { white-space: pre-line; }
    th { position: sticky; top: 0; background: var(--shade); font-weight: 600; white-space: nowrap; }
    th button { all: unset; cursor: pointer; display: block; width: 100%; box-sizing: border-box; padding-right: 1.1em; position: relative; }
    th button:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
    th button::after { position: absolute; right: 0; content: "\\2195"; color: var(--soft); opacity: 0.6; }
    th[aria-sort="ascending"] button::after { content: "\\2191"; color: inherit; opacity: 1; }
    th[aria-sort="descending"] button::after { content: "\\2193"; color: inherit; opacity: 1; }
    tbody tr:hover { background: var(--shade); }
    tr:target { background: var(--track); }
    .count { text-align: right; font-variant-numeric: tabular-nums; }
    col.severity { width: 6.3rem; }
    col.rule { width: 11rem; }
    col.ticket { width: 8.5rem; }
    col.field { width: 8.5rem; }
    col.place { width: 11.5rem; }
    col.standing { width: 7rem; }
    col.count { width: 6.5rem; }
    col.day { width: 8rem; }

    #filters { display: flex; flex-wrap: wrap; gap: 0.6rem 1rem; align-items: end; margin-bottom: 0.8rem; }
    #filters label { display: flex; flex-direction: column; color: var(--soft); font-size: 0.93em; min-width: 8rem; max-width: 100%; }
    #filters label:first-child { flex: 1 1 16rem; max-width: 28rem; }
    #filters input, #filters select, #filters button { font: inherit; color: var(--text); background: var(--page); border: 1px solid var(--soft); border-radius: 4px; height: 2.1rem; padding: 0 0.5rem; max-width: 100%; }
    #filters button { cursor: pointer; padding: 0 0.9rem; }
    #shown { margin: 0 0 0.35rem; color: var(--soft); font-variant-numeric: tabular-nums; }

    @media (max-width: 68rem) {
      body { padding: 1rem; }
      .scroll { overflow-x: auto; }
      .scroll table { min-width: 60rem; }
      .scroll #findings-table { min-width: 72rem; }
      .scroll #fixed-table { min-width: 0; }
      th { position: static; }
    }
    @media (max-width: 44rem) {
      .charts { grid-template-columns: minmax(0, 1fr); }
    }
    @media print {
      :root {
        color-scheme: light;
        --page: #fff; --text: #000; --soft: #444; --line: #aaa; --shade: #fff; --link: #000;
        --bar: #555; --track: #eee; --error: #000; --warning: #000; --info: #000; --good: #000;
      }
      @page { margin: 12mm; }
      html { font-size: 11px; }
      body { font-size: 8.5pt; max-width: none; padding: 0; }
      .counts div { min-width: 0; padding: 0.1rem 0.7rem; }
      .counts dd { font-size: 1.3rem; }
      h2 { break-after: avoid; }
      figure, tr, .counts div { break-inside: avoid; }
      thead { display: table-header-group; }
      th { position: static; }
      /* Heads repeat on each page only without buttons in them. */
      th button { display: contents; }
      th button::after { content: none; }
      .charts { grid-template-columns: 1fr 1fr; }
      code { overflow-wrap: break-word; }
      th, td { padding: 0.2rem 0.4rem; }
      #rules col, #waivers col, #fixed col { width: auto !important; }
      #findings col.severity { width: 8%; }
      #findings col.rule { width: 15%; }
      #findings col.ticket { width: 11%; }
      #findings col.field { width: 13%; }
      #findings col.place { width: 16%; }
      #findings col.standing { width: 9%; }
      .scroll, .weeks { overflow: visible; }
      .scroll table, .scroll #findings-table { min-width: 0; }
      .weeks svg { max-width: 100%; height: auto; }
      svg rect { print-color-adjust: exact; }
      #filters label, #filters button { display: none; }
    }

    """
}

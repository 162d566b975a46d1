extension DisputePage {
    /// How a page looks, on a screen and on paper.
    static let style = """
        :root{--ink:#1d2430;--soft:#5b6472;--line:#dfe3e8;--paper:#fff;--back:#f4f2ee;--blue:#2457a6;--amber:#b4690e;--band:#fdeec9}
        *{box-sizing:border-box}
        body{margin:0;background:var(--back);color:var(--ink);font:16px/1.5 "Source Serif 4","Iowan Old Style",Charter,Georgia,serif}
        main{max-width:54rem;margin:2rem auto;padding:2.5rem 3rem;background:var(--paper);border:1px solid var(--line);border-radius:6px}
        h1{margin:.1rem 0 .8rem;font-size:1.9rem;line-height:1.2;font-weight:600;letter-spacing:-.01em}
        h2{margin:2.2rem 0 .3rem;font-size:1.15rem;font-weight:600}
        section p{margin:.1rem 0 .6rem;color:var(--soft);font-size:.92rem}
        .shop{margin:0;color:var(--soft);font:600 .78rem/1.4 system-ui,sans-serif;letter-spacing:.09em;text-transform:uppercase}
        .shop span{float:right;letter-spacing:.04em;text-transform:none;font-weight:500}
        blockquote{margin:0 0 1.1rem;padding:.1rem 0 .1rem 1rem;border-left:4px solid var(--amber);font-size:1.3rem;font-style:italic}
        blockquote::before{content:"\\201C"}blockquote::after{content:"\\201D"}
        .verdict{margin:0 0 1.1rem;padding:.8rem 1rem;border-radius:5px;border:1px solid;background:#f3f5f8;border-color:#c9d1dc}
        .verdict strong{display:block;font-size:1.15rem}
        .verdict.known-then,.verdict.true-now{background:#edf6ee;border-color:#a9cfae}
        .verdict.known-then strong,.verdict.true-now strong{color:#1f6b2c}
        .verdict.refuted{background:#fbefee;border-color:#e2b4b0}.verdict.refuted strong{color:#9a2c22}
        .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:.8rem 2rem;margin:0}
        dt{color:var(--soft);font:500 .78rem/1.4 system-ui,sans-serif}dd{margin:0;overflow-wrap:anywhere}
        .facts dd{font-size:1.15rem}
        figure{margin:1.8rem 0 0}svg{width:100%;height:auto;display:block}
        svg text{font:11px system-ui,sans-serif;fill:#5b6472}svg .mark{fill:#b4690e;font-weight:600}
        .grid{stroke:#e7eaee;stroke-width:1}.tick{stroke:#b9c0ca}
        rect.band{fill:#fdeec9}
        path{fill:none;stroke-width:2.5;stroke-linejoin:round}path.known{stroke:#2457a6}
        path.shown{stroke:#1d2430;stroke-dasharray:5 4;stroke-width:2}
        .claimed{stroke:#b4690e;stroke-width:1.5;stroke-dasharray:1 4;stroke-linecap:round}.point{fill:#b4690e;stroke:#fff;stroke-width:2}
        figcaption{margin-top:.3rem;color:var(--soft);font:.8rem/1.6 system-ui,sans-serif}
        .key{display:inline-block;width:1.6rem;margin:0 .35rem 0 1rem;vertical-align:middle;border-top:3px solid var(--blue)}
        .key:first-child{margin-left:0}
        .key.shown{border-top:2px dashed var(--ink)}.key.band{height:.8rem;border:0;background:var(--band)}
        .scroll{overflow-x:auto}
        table{width:100%;border-collapse:collapse;font-size:.9rem;line-height:1.4}
        th{padding:.35rem .6rem .35rem 0;border-bottom:2px solid var(--ink);text-align:left;font:600 .75rem/1.3 system-ui,sans-serif}
        td{padding:.45rem .6rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
        td.instant,td.number{white-space:nowrap}th.number,td.number{text-align:right}
        th:last-child,td:last-child{padding-right:0}td.instant{font-variant-numeric:tabular-nums;font-size:.92em}
        small{display:block;color:var(--soft);font-size:.85em}
        code{display:block;margin-top:.3rem;padding:.35rem .5rem;background:#f4f2ee;border-radius:4px;font:.78rem/1.5 ui-monospace,Menlo,monospace}
        footer{margin-top:2.4rem;padding-top:.9rem;border-top:1px solid var(--line);font-size:.82rem;color:var(--soft)}
        footer dl{display:grid;grid-template-columns:1fr;gap:.15rem;margin:0}footer div{display:grid;grid-template-columns:7rem 1fr}
        @media (max-width:40rem){main{margin:0;padding:1.2rem;border:0}.shop span{float:none;display:block}}
        @media print{@page{margin:16mm}body{background:none;font-size:10.5pt}main{max-width:none;margin:0;padding:0;border:0}
        section{break-inside:auto}tr,figure,.verdict{break-inside:avoid}h2{break-after:avoid}thead{display:table-header-group}
        *{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
        """
}

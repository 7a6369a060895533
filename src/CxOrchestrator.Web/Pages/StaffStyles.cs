namespace CxOrchestrator.Web.Pages;

/// <summary>The look of pages that people of the company see; contrasts of 4.5 and more in both colour schemes, colour never alone.</summary>
internal static class StaffStyles
{
    /// <summary>The style sheet.</summary>
    public const string Text = """
        :root{color-scheme:light dark;--back:#f3f4f6;--card:#fff;--ink:#16191d;--soft:#545b66;--line:#d5d9df;--edge:#767e8a;--main:#0b57c2;--on-main:#fff;--good:#0a5c36;--good-back:#dff5e8;--fair:#6b4a00;--fair-back:#fdf1d0;--bad:#9b1020;--bad-back:#fde5e7;--calm:#34404f;--calm-back:#e7ebf1}
        @media (prefers-color-scheme:dark){:root{--back:#121417;--card:#1d2025;--ink:#eceef1;--soft:#b3bac5;--line:#373c45;--edge:#8a929e;--main:#8ab6ff;--on-main:#08182e;--good:#8fe0b3;--good-back:#123825;--fair:#f4d488;--fair-back:#3d3010;--bad:#ffabb3;--bad-back:#451a20;--calm:#c8d1dd;--calm-back:#2a313b}}
        *{box-sizing:border-box}
        html{font:100%/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans Thai","Noto Naskh Arabic","Noto Sans CJK SC",sans-serif}
        body{margin:0;background:var(--back);color:var(--ink);overflow-wrap:anywhere}
        a{color:var(--main)}
        :is(a,button,input,summary,select,pre,iframe):focus-visible{outline:3px solid var(--main);outline-offset:2px;border-radius:4px}
        .skip{position:absolute;inset-inline-start:-999px}
        .skip:focus{position:static;display:inline-block;padding:.5rem 1rem}
        .bar{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:0 1.5rem;padding-inline:1rem;background:var(--card);border-block-end:1px solid var(--line)}
        .bar nav{display:flex;flex-wrap:wrap;gap:0 1.25rem}
        .bar nav a{display:inline-flex;align-items:center;min-block-size:48px;text-decoration:none;border-block-end:3px solid transparent}
        .bar nav a[aria-current]{border-color:var(--main);font-weight:600}
        .bar .brand{font-weight:700;color:var(--ink)}
        .who{display:flex;align-items:center;gap:.75rem;color:var(--soft)}
        main{max-inline-size:60rem;margin-inline:auto;padding:1.25rem 1rem 4rem}
        main.narrow{max-inline-size:28rem;padding-block-start:4rem}
        .card{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:1.25rem;margin-block-end:1.25rem}
        h1{font-size:1.625rem;line-height:1.2;margin:0 0 .5rem}
        h2{font-size:1.125rem;margin:0 0 .75rem}
        h3{font-size:1rem;margin:0;display:inline}
        p{margin:.25rem 0}
        .soft{color:var(--soft)}
        small,.small{font-size:.875rem}
        label{display:block;font-weight:600;margin-block-end:.25rem}
        input[type=search],input[type=password]{font:inherit;color:inherit;background:transparent;border:1px solid var(--edge);border-radius:8px;padding:.5rem .75rem;min-block-size:44px;inline-size:100%}
        button{font:inherit;font-weight:600;min-block-size:44px;padding:.25rem 1.25rem;border:1px solid var(--main);border-radius:8px;background:var(--main);color:var(--on-main);cursor:pointer}
        button.plain{background:transparent;color:var(--main);border-color:transparent;padding-inline:.5rem}
        form button:not(.plain){margin-block-start:.75rem}
        .search{display:flex;gap:.75rem;align-items:end}
        .search>div{flex:1}
        .search button:not(.plain){margin:0}
        .alert{background:var(--bad-back);color:var(--bad);padding:.5rem .75rem;border-radius:8px}
        .chip{display:inline-block;padding:.0625rem .5rem;border-radius:99px;font-size:.8125rem;font-weight:600;background:var(--calm-back);color:var(--calm);white-space:nowrap}
        .chip.good{background:var(--good-back);color:var(--good)}
        .chip.fair{background:var(--fair-back);color:var(--fair)}
        .chip.bad{background:var(--bad-back);color:var(--bad)}
        .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.75rem 1.5rem;margin:1rem 0 0}
        .facts dt{color:var(--soft);font-size:.875rem}
        .facts dd{margin:0}
        .person{display:flex;gap:1rem;align-items:center}
        .face{flex:none;inline-size:3.5rem;block-size:3.5rem;border-radius:50%;display:grid;place-items:center;background:var(--main);color:var(--on-main);font-size:1.5rem;font-weight:700}
        .list{list-style:none;margin:0;padding:0}
        .list>li{border-block-start:1px solid var(--line);padding-block:.625rem;display:flex;flex-wrap:wrap;gap:.125rem 1rem;justify-content:space-between}
        .list>li:first-child{border:0}
        .list a.main{display:inline-block;padding-block:.5rem;font-weight:600}
        .more{display:inline-block;padding-block:.75rem}
        .day{margin-block-end:1.5rem}
        .day>h2{position:sticky;inset-block-start:0;background:var(--back);padding-block:.5rem;margin:0;z-index:1}
        .day ol{list-style:none;margin:0;padding:0}
        .entry{position:relative;padding-inline-start:3.25rem;padding-block-end:1rem}
        .entry::before{content:"";position:absolute;inset-block:0 0;inset-inline-start:1.1875rem;inline-size:2px;background:var(--line)}
        .entry>.icon{position:absolute;inset-block-start:.5rem;inset-inline-start:0;inline-size:2.5rem;block-size:2.5rem;border-radius:50%;display:grid;place-items:center;background:var(--calm-back);color:var(--calm);border:3px solid var(--back)}
        .entry.good>.icon{background:var(--good-back);color:var(--good)}
        .entry.fair>.icon{background:var(--fair-back);color:var(--fair)}
        .entry.bad>.icon{background:var(--bad-back);color:var(--bad)}
        .icon svg{inline-size:1.25rem;block-size:1.25rem;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
        .entry>div{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:.625rem .875rem}
        .entry.quiet>div{background:transparent;border-color:transparent;padding-block:.5rem .25rem}
        .entry .top{display:flex;flex-wrap:wrap;gap:.125rem .625rem;align-items:baseline}
        .entry .top .at{margin-inline-start:auto;color:var(--soft);font-size:.875rem;white-space:nowrap}
        blockquote{margin:.375rem 0 0;padding-inline-start:.75rem;border-inline-start:3px solid var(--edge);white-space:pre-line}
        table{border-collapse:collapse;inline-size:100%}
        caption{text-align:start;color:var(--soft);padding-block-end:.5rem}
        th,td{text-align:start;padding:.375rem 1rem .375rem 0;border-block-end:1px solid var(--line);vertical-align:top}
        td.number,th.number{text-align:end}
        .numbers{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:1rem}
        .numbers div{border-inline-start:3px solid var(--main);padding-inline-start:.75rem}
        .numbers b{display:block;font-size:1.5rem;line-height:1.2}
        pre{white-space:pre-wrap;font:inherit;margin:0}
        iframe{inline-size:100%;block-size:36rem;border:1px solid var(--line);border-radius:8px;background:#fff;color-scheme:light}
        .phone{max-inline-size:22rem;border:10px solid var(--calm);border-radius:28px;padding:1.5rem 1rem 2rem;background:var(--back)}
        .bubble{background:var(--card);border:1px solid var(--line);border-radius:18px;border-end-start-radius:4px;padding:.625rem .875rem;white-space:pre-wrap}
        details summary{cursor:pointer;min-block-size:44px;padding-block:.625rem;color:var(--main)}
        @media (max-width:40rem){.search{flex-wrap:wrap}.entry{padding-inline-start:2.75rem}.entry .top .at{margin-inline-start:0;flex-basis:100%}table.stack thead{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}table.stack :is(tbody,tr,td,th){display:block;padding:.125rem 0;border:0}table.stack tr{border-block-end:1px solid var(--line);padding-block:.75rem}}
        @media print{:root{--back:#fff;--card:#fff;--ink:#000;--soft:#333;--line:#bbb}.bar,.skip,.more,.search{display:none}main{max-inline-size:none;padding:0}.entry{break-inside:avoid}.day>h2{position:static}.chip{border:1px solid currentColor}}
        """;
}

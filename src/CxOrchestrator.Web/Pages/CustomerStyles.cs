namespace CxOrchestrator.Web.Pages;

/// <summary>
/// The look of pages that customers see. Logical properties throughout, so that right-to-left needs nothing of its own; every text has a contrast of
/// 4.5 or more in both colour schemes, every border of a control 3 or more, and whatever one presses is at least 44 px high and wide (WCAG 2.2).
/// </summary>
internal static class CustomerStyles
{
    /// <summary>The style sheet.</summary>
    public const string Text = """
        :root{color-scheme:light dark;--back:#f4f3ef;--card:#fff;--ink:#1d1c1a;--soft:#595650;--line:#7a766f;--main:#0a58ca;--on-main:#fff;--bad:#a8071a;--bad-back:#fdecee;--note-back:#eaf2fd}
        @media (prefers-color-scheme:dark){:root{--back:#131416;--card:#1f2124;--ink:#f0efec;--soft:#bdbab4;--line:#8f8c86;--main:#8db8ff;--on-main:#0b1b33;--bad:#ffa3a8;--bad-back:#3a1a1d;--note-back:#1b2a40}}
        *{box-sizing:border-box}
        html{font:100%/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans Thai","Noto Naskh Arabic","Noto Sans CJK SC",sans-serif;-webkit-text-size-adjust:100%;text-size-adjust:100%}
        body{margin:0;background:var(--back);color:var(--ink);overflow-wrap:anywhere}
        main{max-inline-size:40rem;margin-inline:auto;padding:12px;padding-block-start:1.5rem}
        .card{background:var(--card);border-radius:16px;padding-block:1.25rem;padding-inline:0}
        h1,h2,p,legend,form,.words{margin-inline:0}
        h1{font-size:1.5rem;line-height:1.25;margin-block:0 .75rem}
        .card>*{padding-inline:0}
        fieldset{border:0;margin:0 0 1.5rem;padding:0;min-inline-size:0}
        legend,.question{font-size:1.125rem;font-weight:600;padding:0;margin-block-end:.75rem;display:block}
        .scale{display:grid;grid-template-columns:repeat(auto-fit,minmax(44px,1fr));gap:4px}
        .tile{position:relative;display:flex;align-items:center;justify-content:center;min-block-size:48px;min-inline-size:44px;font-size:1.125rem;font-weight:600;cursor:pointer}
        .tile input{appearance:none;position:absolute;inset:0;margin:0;inline-size:100%;block-size:100%;border:2px solid var(--line);border-radius:10px;background:transparent;cursor:pointer}
        .tile input:hover{border-color:var(--main)}
        .tile input:checked{background:var(--main);border-color:var(--main)}
        .tile span{position:relative;pointer-events:none}
        .tile input:checked+span{color:var(--on-main);text-decoration:underline;text-underline-offset:3px}
        .ends{display:flex;justify-content:space-between;gap:1rem;margin-block:.5rem 0;color:var(--soft)}
        .ends span:last-child{text-align:end}
        .soft{color:var(--soft);margin-block:.25rem .5rem}
        textarea{display:block;inline-size:100%;min-block-size:7rem;padding:.75rem;font:inherit;color:inherit;background:transparent;border:2px solid var(--line);border-radius:10px;resize:vertical}
        button{font:inherit;font-weight:600;min-block-size:48px;min-inline-size:8rem;margin-block-start:1.25rem;padding:.5rem 1.5rem;border:2px solid var(--main);border-radius:10px;background:var(--main);color:var(--on-main);cursor:pointer}
        button.second{background:transparent;color:var(--main)}
        a{color:var(--main)}
        :is(a,button,textarea,input,.errors):focus-visible{outline:3px solid var(--main);outline-offset:3px}
        .note,.errors{border-radius:10px;padding:.75rem 1rem;margin-block:0 1.25rem;background:var(--note-back)}
        .errors{background:var(--bad-back);border:2px solid var(--bad)}
        .errors h2{font-size:1.125rem;margin-block:0 .25rem}
        .errors ul{margin:0;padding-inline-start:1.25rem}
        .errors a{color:var(--bad);display:block;padding-block:10px;font-weight:600}
        .wrong{color:var(--bad);font-weight:600;margin-block:0 .5rem}
        .wrong-field{border-inline-start:4px solid var(--bad);padding-inline-start:.75rem}
        .link{display:inline-block;padding-block:10px;min-block-size:44px}
        nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:1rem 0 0;padding:0}
        nav a,nav strong{display:inline-block;padding-block:10px;min-block-size:44px;min-inline-size:44px}
        footer{max-inline-size:40rem;margin-inline:auto;padding:0 12px 2rem;color:var(--soft)}
        @media (min-width:36rem){.card{padding:2rem}main{padding-block-start:3rem}}
        @media (max-width:35.99rem){.card{background:transparent}}
        @media (forced-colors:active){.tile{flex-direction:column}.tile input{appearance:auto;position:static;inline-size:24px;block-size:24px}.tile input:checked+span{color:inherit}}
        @media (prefers-reduced-motion:no-preference){.tile input{transition:background-color .12s}}
        """;
}

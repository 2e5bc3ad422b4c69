/** The page's own few rules: it loads nothing, so that its policy can forbid everything else. Colours as in the console. */
export const style = `
:root{color-scheme:light dark;--paper:light-dark(#f5f6f8,#101316);--surface:light-dark(#fff,#181c20);--line:light-dark(#d8dce1,#2b3138);--ink:light-dark(#14181d,#e4e8ec);--muted:light-dark(#515b67,#a5afba);--accent:light-dark(#0a5a88,#74bdea);--soft:light-dark(#e2eff7,#142b3b)}
:root[data-theme=light]{color-scheme:light}:root[data-theme=dark]{color-scheme:dark}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:100%/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;scroll-padding-top:1rem;text-size-adjust:100%}
body{margin:0 auto;max-width:74rem;padding:0 1.25rem 6rem;display:grid;grid-template-columns:13rem minmax(0,1fr);gap:0 3rem}
header,footer{grid-column:1/-1}
header{padding:2.5rem 0 1.5rem;border-bottom:1px solid var(--line)}
header p{margin:.25rem 0 0;color:var(--muted);max-width:44rem}
nav{position:sticky;top:0;align-self:start;padding:2rem 0;max-height:100vh;overflow:auto;font-size:.9rem}
nav ul{list-style:none;margin:0 0 1rem;padding:0}nav a{display:block;padding:.2rem 0;color:var(--muted);text-decoration:none}nav a:hover{color:var(--accent);text-decoration:underline}
main{padding-top:1rem;min-width:0}
main>p,main>ul,section>p{max-width:44rem}
h1{font-size:1.6rem;margin:0;line-height:1.2}h2{font-size:1.2rem;margin:2.5rem 0 .5rem}h3{font-size:1.05rem;margin:2.5rem 0 .5rem;overflow-wrap:anywhere}h4{font-size:.9rem;margin:1.75rem 0 .4rem;color:var(--muted)}
p,ul,dl{margin:.5rem 0}li{margin:.2rem 0}
a{color:var(--accent);text-underline-offset:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
code,pre{font-family:ui-monospace,"SF Mono","Cascadia Mono","Liberation Mono",monospace;font-size:.87em}
code{overflow-wrap:anywhere}
pre{margin:0;padding:.9rem 1rem;overflow:auto;max-height:26rem;line-height:1.45;white-space:pre}
figure{margin:.75rem 0;background:var(--surface);border:1px solid var(--line);border-radius:6px;overflow:hidden}
figcaption{padding:.45rem 1rem;border-bottom:1px solid var(--line);font-size:.85rem;color:var(--muted)}
.wide{overflow-x:auto;border:1px solid var(--line);border-radius:6px;background:var(--surface);margin:.75rem 0}
table{border-collapse:collapse;width:100%;font-size:.9rem;line-height:1.45}
th,td{text-align:left;vertical-align:top;padding:.5rem .8rem;border-top:1px solid var(--line);font-weight:400}
thead th{border-top:0;color:var(--muted);font-size:.8rem}
tbody th{white-space:nowrap}
.schema td:nth-child(2){min-width:9rem;max-width:17rem}.schema td:nth-child(3){min-width:14rem}
.needed{display:block;font-size:.75rem;color:var(--accent)}
.limits{display:block;color:var(--muted);font-size:.85em}
.method{display:inline-block;padding:0 .45rem;border-radius:4px;background:var(--soft);color:var(--accent);font-size:.8rem;font-weight:600}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.3rem 1rem;font-size:.9rem}dd{margin:0}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--surface);padding:.5rem 1rem}
@media (max-width:52rem){body{display:block}nav{position:static;max-height:none;padding:1rem 0 0;columns:2}dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}tbody th{white-space:normal}}
@media print{nav{display:none}body{display:block}pre{max-height:none;white-space:pre-wrap}}
`.trim();

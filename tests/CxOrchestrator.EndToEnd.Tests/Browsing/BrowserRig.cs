using CxOrchestrator.EndToEnd.Tests.Invitations;
using CxOrchestrator.TestKit;
using Microsoft.Playwright;

namespace CxOrchestrator.EndToEnd.Tests.Browsing;

/// <summary>Debian's Chromium and a shop for it to visit, for all tests of the collection, which run one after the other; made when the first of them asks.</summary>
[CollectionDefinition(Collection)]
public sealed class BrowserRig : IAsyncLifetime, ICollectionFixture<BrowserRig>
{
    /// <summary>The name of the collection.</summary>
    public const string Collection = "browser";

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private InvitedShop? _invited;

    /// <summary>Those who are asked for their opinion, a language each.</summary>
    internal static IReadOnlyList<Someone> Speakers { get; } =
    [
        new("emma", "Emma Clarke", "en-GB", "Europe/London"),
        new("somchai", "สมชาย ใจดี", "th-TH", "Asia/Bangkok"),
        new("sara", "سارا احمدی", "fa-IR", "Asia/Tehran"),
        new("wangwei", "王伟", "zh-CN", "Asia/Shanghai"),
        new("joao", "João Araújo", "pt-BR", "America/Sao_Paulo"),
    ];

    /// <summary>Somebody for every other test, so that none finds what another has done.</summary>
    internal static IReadOnlyList<Someone> Others { get; } =
    [
        new("onetap", "Olivia Tap", "en-GB", "Europe/London"),
        new("scanned", "Samuel Scan", "en-GB", "Europe/London"),
        new("leaving", "علی کریمی", "fa-IR", "Asia/Tehran"),
        new("oneclick", "Otto Click", "en-GB", "Europe/London"),
        new("looked-at", "Letícia Magalhães", "pt-BR", "America/Sao_Paulo"),
    ];

    /// <summary>How the browser is started: without a sandbox, which a container can't give it, and without calls home.</summary>
    internal static BrowserTypeLaunchOptions LaunchOptions(string chromium) => new() { ExecutablePath = chromium, Args = Arguments };

    internal static Someone Other(string id) => Others.Single(one => one.Id == id);

    internal async Task<(InvitedShop Invited, IBrowser Browser)> ReadyAsync()
    {
        var chromium = Needs.Chromium();
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(LaunchOptions(chromium));
        _invited ??= await InvitedShop.OpenAsync([.. Speakers, .. Others]);
        return (_invited, _browser);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_invited is not null)
            await _invited.DisposeAsync();
    }
}

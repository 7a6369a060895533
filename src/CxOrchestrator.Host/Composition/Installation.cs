using CxOrchestrator.Core;
using CxOrchestrator.Core.Links;
using CxOrchestrator.Core.Nodes;
using CxOrchestrator.Engine;
using CxOrchestrator.Host.Clock;
using CxOrchestrator.Host.Content;
using CxOrchestrator.Host.Logging;
using CxOrchestrator.Host.Settings;
using CxOrchestrator.Plugins;
using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.Web;
using CxOrchestrator.Web.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Console;

namespace CxOrchestrator.Host.Composition;

/// <summary>
/// One installation: its settings, and everything wired together. The composition root. Building starts nothing; <c>run</c> starts the host that
/// comes out, the other verbs use its services.
/// </summary>
public sealed class Installation : IAsyncDisposable
{
    private Installation(string settingsFile, IConfigurationRoot configuration, HostSettings settings, WebApplication app)
    {
        SettingsFile = settingsFile;
        Configuration = configuration;
        Settings = settings;
        App = app;
    }

    /// <summary>The settings file in force.</summary>
    public string SettingsFile { get; }

    /// <summary>All settings.</summary>
    public IConfigurationRoot Configuration { get; }

    /// <summary>The settings that the host reads.</summary>
    public HostSettings Settings { get; }

    /// <summary>The host, not started.</summary>
    public WebApplication App { get; }

    /// <summary>The parts.</summary>
    public IServiceProvider Services => App.Services;

    /// <summary>Reads the settings only.</summary>
    /// <exception cref="UserException">There is no such file, or it can't be read.</exception>
    public static (string File, IConfigurationRoot Configuration, HostSettings Settings, IReadOnlyList<string> Faults) Read(InstallationPlace place)
    {
        try
        {
            var (file, baseFolder) = Host.Settings.SettingsFile.Find(place.SettingsFile);
            var configuration = Host.Settings.SettingsFile.Load(file, place.Overrides);
            var (settings, faults) = SettingsReader.Read(configuration, baseFolder, InstallationPlace.StarterContent);
            // What others read from the configuration means the same folder as what is read here.
            configuration["Data:Folder"] = settings.Core.DataFolder;
            if (configuration["Plugins:Folder"] is { Length: > 0 } plugins)
                configuration["Plugins:Folder"] = Path.GetFullPath(plugins, baseFolder);
            return (file, configuration, settings, [.. faults, .. WebSettingsReader.Read(configuration).Faults]);
        }
        catch (Exception error) when (error is FileNotFoundException or InvalidDataException)
        {
            throw new UserException(error.Message, error);
        }
    }

    /// <summary>Wires an installation together.</summary>
    /// <param name="place">Which one.</param>
    /// <param name="clocks">The clocks to use; null takes those of the settings.</param>
    /// <param name="quiet">Log only what went wrong: for verbs whose output is for people.</param>
    /// <exception cref="UserException">The settings have faults; all are told.</exception>
    public static Installation Open(InstallationPlace place, Clocks? clocks = null, bool quiet = true)
    {
        var (file, configuration, settings, faults) = Read(place);
        if (faults.Count > 0)
            throw new UserException($"{file} has faults:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
        Directory.CreateDirectory(settings.Core.DataFolder);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "cxo", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning);
        builder.Logging.AddConfiguration(configuration.GetSection("Logging"));
        // Never, whatever the settings say: the framework logs whole addresses, and customers' links are as good as keys.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter<ConsoleLoggerProvider>("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        });
        builder.Logging.AddConsoleFormatter<MaskedConsole, ConsoleFormatterOptions>();
        builder.Services.PostConfigure<ConsoleLoggerOptions>(console => console.FormatterName = MaskedConsole.FormatterName);
        if (quiet)
            builder.Logging.AddFilter(level => level >= LogLevel.Error);

        builder.WebHost.UseKestrelCore().UseUrls(settings.Listen.AbsoluteUri).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(settings.Core);
        builder.Services.AddSingleton(clocks ?? ClocksOf(settings));
        builder.Services.AddSingleton(new LinkSigner(SharedSigningKey.Of(settings)));
        builder.Services.AddSingleton<CustomerLinks>();
        builder.Services.AddStore(settings.Storage);
        builder.Services.AddContent();
        builder.Services.AddPlugins(configuration);
        builder.Services.AddSingleton(settings.Node.Identity(settings.Core.DataFolder, settings.Listen, TimeProvider.System.GetUtcNow()));
        builder.Services.AddEngine(Sizes(settings)).AddEngineLoops();
        builder.Services.AddWeb(configuration);

        var app = builder.Build();
        CrashText.Mask(app.Services.GetRequiredService<SecretMask>());
        app.MapWeb();
        return new Installation(file, configuration, settings, app);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => App.DisposeAsync();

    private static EngineOptions Sizes(HostSettings settings)
    {
        var sizes = new EngineOptions { NodeLease = settings.Node.Lease };
        return settings.Storage.Kind == StoreKind.Postgres ? sizes.ForManyWriters() : sizes;
    }

    private static Clocks ClocksOf(HostSettings settings)
    {
        // Several machines share PostgreSQL: its clock is the one that they have in common.
        var real = settings.Storage.Kind == StoreKind.Postgres ? new StoreClock(TimeProvider.System) : TimeProvider.System;
        if (settings.ClockSpeed == 1 && settings.ClockStart is null)
            return new Clocks(real, real);
        var anchor = settings.ClockAnchor ?? real.GetUtcNow();
        return new Clocks(new ScaledTimeProvider(real, settings.ClockStart ?? anchor, anchor, settings.ClockSpeed), real);
    }
}

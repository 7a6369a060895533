using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Web.Access;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Web.Settings;

/// <summary>Reads <see cref="WebSettings"/> and finds all that is wrong with them at once.</summary>
public sealed class WebSettingsReader
{
    private readonly IConfiguration _configuration;
    private readonly List<string> _faults = [];

    private WebSettingsReader(IConfiguration configuration) => _configuration = configuration;

    /// <summary>The settings, and what is wrong with them: where, what, what to do; empty where nothing is.</summary>
    public static (WebSettings Settings, IReadOnlyList<string> Faults) Read(IConfiguration configuration)
    {
        var reader = new WebSettingsReader(configuration);
        var defaults = new WebSettings { Listen = new Uri("http://127.0.0.1:8025") };
        var settings = new WebSettings
        {
            Listen = reader.Address("Web:Listen", defaults.Listen),
            TrustLoopback = reader.Flag("Access:TrustLoopback", defaults.TrustLoopback),
            People = reader.People(),
            Sources = reader.Sources(),
            MaxEventBytes = reader.Bytes("Events:MaxBytes", defaults.MaxEventBytes),
            MaxHookBytes = reader.Bytes("Web:MaxHookBytes", defaults.MaxHookBytes),
            ConfirmWithin = reader.Span("Surveys:ConfirmWithin", defaults.ConfirmWithin),
            MaxWaiting = (int)reader.Whole("Events:MaxWaiting", defaults.MaxWaiting, 1, 1_000_000, "the most requests that may wait for the store"),
        };
        var waiting = reader.Whole("Events:MaxWaitingBytes", defaults.MaxWaitingBytes, 1_024, 17_179_869_184, "the most bytes of bodies that may wait for the store");
        // A body that finds no room even where nothing else waits would never be taken.
        waiting = Math.Max(waiting, Math.Max(settings.MaxEventBytes, settings.MaxHookBytes));
        return (settings with { MaxWaitingBytes = waiting }, reader._faults);
    }

    private List<Person> People()
    {
        var people = new List<Person>();
        foreach (var entry in _configuration.GetSection("Access:People").GetChildren())
        {
            var role = Enum.TryParse<Role>(entry["Role"], ignoreCase: true, out var found) && Enum.IsDefined(found) ? found : (Role?)null;
            if (role is null)
                _faults.Add($"{entry.Path}:Role: '{entry["Role"]}' is no role; write agent, marketing or admin");
            var name = Name(entry, people.Select(person => person.Name));
            if (Hash(entry) is { } hash && role is { } known && name is not null)
                people.Add(new Person(name, known, hash));
        }

        RefuseSharedKeys("Access:People", people.Select(person => (person.Name, person.KeyHash)));
        return people;
    }

    private List<EventSource> Sources()
    {
        var sources = new List<EventSource>();
        foreach (var entry in _configuration.GetSection("Events:Sources").GetChildren())
        {
            var name = Name(entry, sources.Select(source => source.Name));
            if (string.Equals(name, EventTypes.OwnSource, StringComparison.OrdinalIgnoreCase))
                _faults.Add($"{entry.Path}:Name: '{name}' is the name of our own events; choose another");
            if (Hash(entry) is { } hash && name is not null)
                sources.Add(new EventSource(name, hash));
        }

        RefuseSharedKeys("Events:Sources", sources.Select(source => (source.Name, source.KeyHash)));
        return sources;
    }

    private string? Name(IConfigurationSection entry, IEnumerable<string> taken)
    {
        var name = entry["Name"]?.Trim() ?? "";
        if (name.Length is 0 or > 64 || name.Any(char.IsControl))
            _faults.Add($"{entry.Path}:Name: is missing or longer than 64 characters; give a name");
        else if (taken.Contains(name, StringComparer.Ordinal))
            _faults.Add($"{entry.Path}:Name: '{name}' is there twice; every name has one key");
        else
            return name;
        return null;
    }

    private byte[]? Hash(IConfigurationSection entry)
    {
        if (KeyReference.Resolve(entry["Key"], out var fault) is { } key)
            return SHA256.HashData(Encoding.UTF8.GetBytes(key));
        _faults.Add($"{entry.Path}:Key: {fault}");
        return null;
    }

    private void RefuseSharedKeys(string path, IEnumerable<(string Name, byte[] Hash)> entries)
    {
        foreach (var shared in entries.GroupBy(entry => Convert.ToHexString(entry.Hash)).Where(group => group.Count() > 1))
            _faults.Add($"{path}: {string.Join(" and ", shared.Select(entry => entry.Name))} have the same key; give each their own");
    }

    private Uri Address(string path, Uri fallback)
    {
        var text = _configuration[path];
        if (string.IsNullOrWhiteSpace(text))
            return fallback;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            return address;
        _faults.Add($"{path}: '{text}' is no address to listen at; write one such as {fallback.AbsoluteUri.TrimEnd('/')}");
        return fallback;
    }

    private bool Flag(string path, bool fallback)
    {
        var text = _configuration[path];
        if (string.IsNullOrWhiteSpace(text))
            return fallback;
        if (bool.TryParse(text, out var flag))
            return flag;
        _faults.Add($"{path}: '{text}' is neither true nor false; write one of them");
        return false;
    }

    private int Bytes(string path, int fallback) => (int)Whole(path, fallback, 1_024, 104_857_600, "the most bytes that a request may have");

    private long Whole(string path, long fallback, long least, long most, string what)
    {
        var text = _configuration[path];
        if (string.IsNullOrWhiteSpace(text))
            return fallback;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        _faults.Add(string.Create(CultureInfo.InvariantCulture, $"{path}: '{text}' is not a number from {least} to {most}; write {what}"));
        return fallback;
    }

    private TimeSpan Span(string path, TimeSpan fallback)
    {
        var text = _configuration[path];
        if (string.IsNullOrWhiteSpace(text))
            return fallback;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.Zero && span <= TimeSpan.FromMinutes(1))
            return span;
        _faults.Add($"{path}: '{text}' is not a span from 00:00:00 to 00:01:00; write one such as 00:00:01.5");
        return fallback;
    }
}

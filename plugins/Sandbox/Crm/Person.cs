using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CxOrchestrator.Plugins.Sandbox.Journals;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Sandbox.Crm;

/// <summary>One person's record, grown change by change.</summary>
internal sealed class Person(string id)
{
    // Whoever writes a person's changes does so one after another, so that what comes again is one of the last; to keep all keys for ever would be memory that
    // grows with what was ever written. Sixty-four bits of each tell a person's last few apart.
    private const int KeysKept = 64;

    private readonly Queue<long> _keys = new();
    private readonly SortedDictionary<string, object?> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _lastOf = [];
    private CrmPerson _core = new() { Id = id };

    /// <summary>Number of the last change, over all people.</summary>
    public long Change { get; set; }

    /// <summary>The record as the contract shows it; a copy.</summary>
    public CrmPerson Show() => _core with { Fields = new Dictionary<string, object?>(_fields, StringComparer.Ordinal) };

    /// <summary>True where a change of this key is among the last 64 of this person.</summary>
    public bool Has(string key) => _keys.Contains(Short(key));

    /// <summary>All that is known of the person.</summary>
    public PersonState State() => new() { Change = Change, Person = Show(), LastOf = _lastOf, Keys = [.. _keys] };

    /// <summary>A person of whom all is known, as it was read.</summary>
    public static Person Of(PersonState state)
    {
        var person = new Person(state.Person.Id) { _core = state.Person with { Fields = new Dictionary<string, object?>() }, Change = state.Change };
        foreach (var key in state.Keys)
        {
            person._keys.Enqueue(key);
        }

        foreach (var (name, value) in state.Person.Fields)
        {
            person._fields[name] = value is JsonElement element ? JsonLines.Plain(element) : value;
        }

        foreach (var (what, at) in state.LastOf)
        {
            person._lastOf[what] = at;
        }

        return person;
    }

    /// <summary>Puts a change on the record. Values are plain: string, long, double, boolean, null.</summary>
    public void Apply(PersonLine line)
    {
        // Room is made first: a queue that is full grows to twice its size for one more.
        if (_keys.Count >= KeysKept)
        {
            _keys.Dequeue();
        }

        _keys.Enqueue(Short(line.Key));

        var values = line.PlainValues();
        switch (line.Kind)
        {
            case CrmChangeKind.Fields:
                foreach (var (name, value) in values)
                {
                    Set(name, value);
                }

                break;
            case CrmChangeKind.Consent:
                ApplyConsent(values);
                break;
            case CrmChangeKind.Score:
                ApplyLast("score", line, values, count: null);
                break;
            case CrmChangeKind.Message:
                ApplyLast("message", line, values, "messages");
                break;
            case CrmChangeKind.Answer:
                ApplyLast("answer", line, values, "answers");
                break;
            case CrmChangeKind.Case:
                ApplyLast("case", line, values, "cases");
                break;
            default:
                throw new FormatException($"{line.Kind} is no kind of change.");
        }
    }

    /// <summary>A field or property by name, as text; null where it has none.</summary>
    public string? Text(string name)
    {
        var value = Key(name) switch
        {
            "id" => _core.Id,
            "name" => _core.Name,
            "givenname" => _core.GivenName,
            "email" => _core.Email,
            "phone" => _core.Phone,
            "locale" => _core.Locale,
            "timezone" => _core.TimeZone,
            _ => _fields.FirstOrDefault(field => string.Equals(field.Key, name, StringComparison.OrdinalIgnoreCase)).Value,
        };
        return Convert.ToString(value, CultureInfo.InvariantCulture);
    }

    private void Set(string name, object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture);
        _core = Key(name) switch
        {
            "name" => _core with { Name = text },
            "givenname" => _core with { GivenName = text },
            "email" => _core with { Email = text },
            "phone" => _core with { Phone = text },
            "locale" => _core with { Locale = text },
            "timezone" => _core with { TimeZone = text },
            _ => SetField(name, value),
        };
    }

    private CrmPerson SetField(string name, object? value)
    {
        _fields[name] = value;
        return _core;
    }

    private void ApplyConsent(IReadOnlyDictionary<string, object?> values)
    {
        if (values.TryGetValue("channel", out var channel) && values.TryGetValue("purpose", out var purpose)
            && values.TryGetValue("state", out var state))
        {
            _fields[$"consent_{channel}_{purpose}"] = state;
            return;
        }

        foreach (var (name, value) in values)
        {
            _fields["consent_" + name] = value;
        }
    }

    // Changes may arrive out of order; the record shows what happened last, not what arrived last.
    private void ApplyLast(string what, PersonLine line, IReadOnlyDictionary<string, object?> values, string? count)
    {
        if (count is not null)
        {
            _fields[count] = _fields.TryGetValue(count, out var before) && before is long number ? number + 1 : 1L;
        }

        if (_lastOf.TryGetValue(what, out var last) && line.At < last)
        {
            return;
        }

        _lastOf[what] = line.At;
        _fields[$"last_{what}_at"] = line.At.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        if (what != "score")
        {
            _fields["last_" + what] = line.Title;
        }

        foreach (var (name, value) in values)
        {
            _fields[name == what ? "last_" + what : $"last_{what}_{name}"] = value;
        }
    }

    private static long Short(string key) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static string Key(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}

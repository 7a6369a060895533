using System.Text.Json;

namespace CxOrchestrator.Web.Events;

/// <summary>A CloudEvent as it came, unchecked: attributes by name, and its data.</summary>
internal sealed class CloudEventDraft
{
    private readonly Dictionary<string, string> _attributes = new(StringComparer.Ordinal);

    /// <summary>The data; null where there is none.</summary>
    public JsonElement? Data { get; set; }

    /// <summary>What is wrong with its form.</summary>
    public List<EventFault> Faults { get; } = [];

    /// <summary>An attribute, or null where it is missing.</summary>
    public string? this[string name]
    {
        get => _attributes.GetValueOrDefault(name);
        set
        {
            if (value is not null)
                _attributes[name] = value;
        }
    }

    /// <summary>Whether an attribute came, well-formed or not.</summary>
    public bool Has(string name) => _attributes.ContainsKey(name) || Faults.Any(fault => fault.Field == name);

    /// <summary>Notes a fault.</summary>
    public void Fault(string field, string what, string whatToDo) => Faults.Add(new EventFault(field, what, whatToDo));
}

/// <summary>One thing that is wrong with an event.</summary>
/// <param name="Field">The attribute or member.</param>
/// <param name="What">What is wrong.</param>
/// <param name="WhatToDo">What to do.</param>
internal sealed record EventFault(string Field, string What, string WhatToDo);

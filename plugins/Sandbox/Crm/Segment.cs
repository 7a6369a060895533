namespace CxOrchestrator.Plugins.Sandbox.Crm;

/// <summary>A named list: <c>all</c>, or <c>field=value</c> such as <c>locale=th</c>; case does not matter.</summary>
internal sealed record Segment
{
    private readonly string? _field;
    private readonly string? _value;

    private Segment(string? field, string? value)
    {
        _field = field;
        _value = value;
    }

    /// <summary>Reads a segment's name.</summary>
    /// <exception cref="ArgumentException">There is no such segment.</exception>
    public static Segment Parse(string name)
    {
        if (string.Equals(name.Trim(), "all", StringComparison.OrdinalIgnoreCase))
        {
            return new Segment(null, null);
        }

        var equals = name.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new Segment(name[..equals].Trim(), name[(equals + 1)..].Trim())
            : throw new ArgumentException($"The sandbox has no segment '{name}'; it knows 'all' and 'field=value', such as 'locale=th'.", nameof(name));
    }

    /// <summary>True where the person belongs to it.</summary>
    public bool Holds(Person person) =>
        _field is null || string.Equals(person.Text(_field), _value, StringComparison.OrdinalIgnoreCase);
}

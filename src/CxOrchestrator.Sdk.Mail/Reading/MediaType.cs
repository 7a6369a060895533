namespace CxOrchestrator.Sdk.Mail;

/// <summary>A Content-Type (RFC 2045, 5.1).</summary>
public sealed class MediaType
{
    private readonly IReadOnlyDictionary<string, string> _parameters;

    private MediaType(string name, IReadOnlyDictionary<string, string> parameters)
    {
        Name = name;
        _parameters = parameters;
    }

    /// <summary>Type and subtype in lower case, for example <c>multipart/report</c>.</summary>
    public string Name { get; }

    /// <summary>A parameter's value, decoded (RFC 2231); null where there is none.</summary>
    public string? this[string parameter] => _parameters.GetValueOrDefault(parameter);

    /// <summary>Reads a header's value; one that names no type is taken for the default.</summary>
    internal static MediaType Read(string? value, string byDefault)
    {
        var end = value?.IndexOf(';', StringComparison.Ordinal) ?? -1;
        var name = (end < 0 ? value : value![..end])?.Trim().ToLowerInvariant();
        return name is null || name.Count(c => c == '/') != 1 || name.Any(c => c <= ' ') || name[0] == '/' || name[^1] == '/'
            ? new MediaType(byDefault, new Dictionary<string, string>())
            : new MediaType(name, end < 0 ? new Dictionary<string, string>() : ParameterReader.Read(value![(end + 1)..]));
    }
}

using System.ComponentModel;
using System.Globalization;

namespace CxOrchestrator.Sdk;

/// <summary>
/// A value that nobody may see: it prints as dots everywhere, and only <see cref="Reveal"/> gives it.
/// A settings property of this type is masked in forms, logs and errors by being of this type.
/// </summary>
[TypeConverter(typeof(SecretConverter))]
public sealed class Secret : IEquatable<Secret>
{
    private readonly string _value;

    /// <summary>Wraps a value.</summary>
    public Secret(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>True where the value is empty.</summary>
    public bool IsEmpty => _value.Length == 0;

    /// <summary>The value itself; for the line that hands it to the service, and nowhere else.</summary>
    public string Reveal() => _value;

    /// <inheritdoc/>
    public bool Equals(Secret? other) => other is not null && string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode(StringComparison.Ordinal);

    /// <summary>Always the same dots, whatever the value.</summary>
    public override string ToString() => "••••••";

    private sealed class SecretConverter : TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

        public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
            value is string text ? new Secret(text) : null;
    }
}

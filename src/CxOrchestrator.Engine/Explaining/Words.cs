using System.Globalization;
using System.Text;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Engine.Dispatch;

namespace CxOrchestrator.Engine.Explaining;

/// <summary>Words that all tellings share.</summary>
internal static class Words
{
    /// <summary>For example <c>2026-03-02 12:00 UTC</c>.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Or that it isn't known.</summary>
    public static string Moment(DateTimeOffset? at) => at is { } known ? Moment(known) : "a time that is not known";

    /// <summary><c>HandedOver</c> as <c>handed over</c>.</summary>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        var words = new StringBuilder();
        foreach (var letter in value.ToString())
        {
            if (char.IsUpper(letter) && words.Length > 0)
                words.Append(' ');
            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    /// <summary>A channel as people say it.</summary>
    public static string Of(Channel? channel) => channel is { } known ? HandOverWords.Name(known) : "a channel that is not known";
}

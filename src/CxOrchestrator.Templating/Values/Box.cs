namespace CxOrchestrator.Templating.Values;

/// <summary>Boxed values that are made once, as conditions and counters make the same ones again and again.</summary>
internal static class Box
{
    /// <summary>Boxed <c>true</c>.</summary>
    public static readonly object True = true;

    /// <summary>Boxed <c>false</c>.</summary>
    public static readonly object False = false;

    private static readonly object[] Small = [.. Enumerable.Range(-16, 1040).Select(i => (object)i)];
    private static readonly string[] Characters = [.. Enumerable.Range(0, 256).Select(i => ((char)i).ToString())];

    /// <summary>A truth.</summary>
    public static object Bool(bool value) => value ? True : False;

    /// <summary>A whole number.</summary>
    public static object Int(int value) => value >= -16 && value < 1024 ? Small[value + 16] : value;

    /// <summary>A whole number, as int where it fits.</summary>
    public static object Number(long value) => value is >= int.MinValue and <= int.MaxValue ? Int((int)value) : value;

    /// <summary>A string of one character.</summary>
    public static string Character(char value) => value < 256 ? Characters[value] : value.ToString();
}

using System.Globalization;

namespace CxOrchestrator.Plugins.Sandbox.Journals;

/// <summary>Cursors are positions written as digits.</summary>
internal static class Cursors
{
    /// <summary>Reads a cursor; null is the beginning.</summary>
    /// <exception cref="ArgumentException">It is not one of ours.</exception>
    public static long Parse(string? cursor, long beginning)
    {
        if (cursor is null)
        {
            return beginning;
        }

        return long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : throw new ArgumentException($"'{cursor}' is not a cursor of the sandbox; begin with null.", nameof(cursor));
    }

    /// <summary>Writes a cursor.</summary>
    public static string Write(long position) => position.ToString(CultureInfo.InvariantCulture);
}

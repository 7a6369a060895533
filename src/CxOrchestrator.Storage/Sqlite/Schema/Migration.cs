using System.Globalization;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>One step of the schema: a file of this project, named by number and subject.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Name">For example <c>0001-first-light</c>.</param>
/// <param name="Sql">What it does.</param>
internal sealed record Migration(int Number, string Name, string Sql)
{
    /// <summary>All that this version of the program knows, in order.</summary>
    public static IReadOnlyList<Migration> Known { get; } = Load();

    private static List<Migration> Load()
    {
        var assembly = typeof(Migration).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(resource => resource.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(resource =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                var name = Path.GetFileNameWithoutExtension(resource);
                return new Migration(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
            })];
    }
}

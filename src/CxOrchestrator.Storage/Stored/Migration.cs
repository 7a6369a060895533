using System.Globalization;

namespace CxOrchestrator.Storage;

/// <summary>One step of a store's schema: a file of this project, named by number and subject.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Name">For example <c>0001-first-light</c>.</param>
/// <param name="Sql">What it does.</param>
internal sealed record Migration(int Number, string Name, string Sql)
{
    private const string Mark = "-- compatible from ";

    /// <summary>
    /// The oldest program that still works on a schema with this migration, by the number of the last migration that it knows; as said on the migration's first
    /// line, <c>-- compatible from 0004</c>. Null where none but those that know it do.
    /// </summary>
    public int? CompatibleFrom => Sql.StartsWith(Mark, StringComparison.Ordinal)
        ? int.Parse(Sql.AsSpan(Mark.Length, 4), CultureInfo.InvariantCulture)
        : null;

    /// <summary>All that this version of the program knows for SQLite, in order.</summary>
    public static IReadOnlyList<Migration> Known { get; } = Load("sqlite/");

    /// <summary>All that this version of the program knows for PostgreSQL, in order.</summary>
    public static IReadOnlyList<Migration> OfPostgres { get; } = Load("postgres/");

    private static List<Migration> Load(string store)
    {
        var assembly = typeof(Migration).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(store, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(resource =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                var name = Path.GetFileNameWithoutExtension(resource[store.Length..]);
                return new Migration(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
            })];
    }
}

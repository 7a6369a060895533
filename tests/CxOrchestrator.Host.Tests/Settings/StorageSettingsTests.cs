using CxOrchestrator.Host.Settings;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Host.Tests.Settings;

public sealed class StorageSettingsTests : IDisposable
{
    private const string Variable = "CXO_STORAGE_SETTINGS_TESTS";
    private const string Password = "s3cret-of-the-database";

    public void Dispose() => Environment.SetEnvironmentVariable(Variable, null);

    [Fact]
    public void A_PostgreSQL_store_is_read_from_its_reference_and_does_not_migrate_itself()
    {
        Environment.SetEnvironmentVariable(Variable, $"Host=db;Database=cxo;Username=cxo;Password={Password}");

        var settings = Read(out var faults, ("Kind", "postgres"), ("Connection", $"env:{Variable}"));

        Assert.Empty(faults);
        Assert.Equal(StoreKind.Postgres, settings.Kind);
        Assert.Contains(Password, settings.Connection!.Reveal(), StringComparison.Ordinal);
        Assert.False(settings.MigratesItself);
        Assert.DoesNotContain(Password, $"{settings} {settings.Name}", StringComparison.Ordinal);
    }

    [Fact]
    public void What_belongs_to_the_other_kind_is_a_fault()
    {
        Environment.SetEnvironmentVariable(Variable, "Host=db;Database=cxo");

        Read(out var ofSqlite, ("Kind", "sqlite"), ("Connection", $"env:{Variable}"));
        Read(out var ofPostgres, ("Kind", "postgres"), ("Connection", $"env:{Variable}"), ("File", "cxo.db"));

        Assert.Equal(["Storage:Connection belongs to Storage:Kind postgres: write that kind, or leave the connection empty"], ofSqlite);
        Assert.Equal(["Storage:File belongs to Storage:Kind sqlite: leave it empty"], ofPostgres);
    }

    [Theory]
    [InlineData("", "Storage:Connection is missing")]
    [InlineData($"env:{Variable}", $"the environment variable {Variable} is not set")]
    [InlineData($"Host=db;Password={Password}", "a secret may not stand in the settings themselves")]
    public void A_connection_that_is_no_reference_or_leads_nowhere_is_told_without_the_secret(string reference, string expected)
    {
        Read(out var faults, ("Kind", "postgres"), ("Connection", reference));

        Assert.Contains(expected, Assert.Single(faults), StringComparison.Ordinal);
        Assert.DoesNotContain(Password, faults[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"postgresql://cxo:{Password}@db/cxo", "it is not read as one")]
    [InlineData($"Host=db;Database=cxo;Passwort={Password}", "it is not read as one")]
    [InlineData($"Database=cxo;Password={Password}", "it names no Host")]
    [InlineData($"Host=db;Password={Password}", "it names no Database")]
    public void A_text_that_is_no_connection_string_is_told_without_the_secret(string connection, string expected)
    {
        Environment.SetEnvironmentVariable(Variable, connection);

        Read(out var faults, ("Kind", "postgres"), ("Connection", $"env:{Variable}"));

        Assert.Contains(expected, Assert.Single(faults), StringComparison.Ordinal);
        Assert.Contains("Host=db.example.com", faults[0], StringComparison.Ordinal);
        Assert.DoesNotContain(Password, faults[0], StringComparison.Ordinal);
    }

    private static StorageSettings Read(out IReadOnlyList<string> faults, params (string Key, string Value)[] values)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(one => KeyValuePair.Create($"Storage:{one.Key}", (string?)one.Value))).Build();
        (var settings, faults) = SettingsReader.Read(configuration, "/base", "/content");
        return settings.Storage;
    }
}

using CxOrchestrator.Core.Customers;
using CxOrchestrator.Engine.Import;
using CxOrchestrator.Engine.Tests.Worlds;

namespace CxOrchestrator.Engine.Tests.Import;

public sealed class CustomerFileImportTests
{
    private static readonly string[] Mappings =
        ["id.shop=id", "name=name", "email=mail", "phone=phone", "locale=lang", "timeZone=zone", "attr.city=city"];

    private const string Header = "id,name,mail,phone,lang,zone,city\n";

    [Fact]
    public async Task Customers_are_added_changed_and_left_unchanged()
    {
        await using var world = await World.WithAsync();
        var first = await ImportAsync(world, Header + "1,สมชาย ใจดี,Som@Example.test,+66 81 234-5678,th-TH,Asia/Bangkok,กรุงเทพ\n2,Ben,ben@example.test,,en,Europe/Berlin,Bonn\n");
        Assert.Equal((2, 2), (first.Rows, first.Added));
        var second = await ImportAsync(world, Header + "1,สมชาย ใจดี,Som@Example.test,+66 81 234-5678,th-TH,Asia/Bangkok,กรุงเทพ\n2,Ben,ben@example.test,,en,Europe/Berlin,Ulm\n");
        Assert.Equal((1, 1, 0), (second.Changed, second.Unchanged, second.Added));
        var people = await world.Get<ICustomerStore>().PageAsync(null, 10, CancellationToken.None);
        Assert.Equal(("som@example.test", "+66812345678", "Asia/Bangkok"), (people[0].AddressOn(Channel.Email), people[0].AddressOn(Channel.Sms), people[0].TimeZone));
        Assert.Equal("""{"city":"Ulm"}""", people[1].Attributes.GetRawText());
    }

    [Fact]
    public async Task An_unknown_zone_or_locale_falls_back_and_is_counted()
    {
        await using var world = await World.WithAsync(settings => settings with { DefaultTimeZone = "Asia/Bangkok", DefaultLocale = "th" });
        var report = await ImportAsync(world, Header + "1,A,,,xx-YY,Mars/Base,\n2,B,,,pt-BR,,\n3,C,,,,Nowhere,\n");
        Assert.Equal((3, 2), (report.Added, report.FellBack));
        var people = await world.Get<ICustomerStore>().PageAsync(null, 10, CancellationToken.None);
        Assert.Equal([("th", "Asia/Bangkok"), ("pt-BR", "Asia/Bangkok"), ("th", "Asia/Bangkok")], people.Select(one => (one.Locale, one.TimeZone)));
    }

    [Fact]
    public async Task Further_rows_of_a_customer_are_duplicates_so_that_a_second_run_changes_nothing()
    {
        await using var world = await World.WithAsync();
        var text = Header + "1,Anna,,,,,Bonn\n1,Anna,,,,,Ulm\n";
        var first = await ImportAsync(world, text);
        Assert.Equal((1, 1), (first.Added, first.Duplicates));
        var second = await ImportAsync(world, text);
        Assert.Equal((1, 1, 0), (second.Unchanged, second.Duplicates, second.Changed));
    }

    [Fact]
    public async Task Bad_rows_are_refused_with_all_that_is_wrong_with_them()
    {
        await using var world = await World.WithAsync();
        var report = await ImportAsync(world, Header + ",A,nobody,12,,,\n2,B,b@example.test,,,,\n");
        Assert.Equal((2, 1, 1), (report.Rows, report.Added, report.Refused));
        Assert.Equal(
            "no id: a customer needs an id of at least one source; 'nobody' is no e-mail address; '12' is no number in international form, such as +66812345678",
            report.Refusals[0].Reason);
    }

    [Fact]
    public async Task Addresses_can_be_made_of_other_columns()
    {
        await using var world = await World.WithAsync();
        await ImportAsync(world, Header + "ab,Anna,,,,,Bonn\n", "id.shop=id", "email:={{ row.id }}@example.test", "name:={{ row.city | string.upcase }}");
        var anna = Assert.Single(await world.Get<ICustomerStore>().PageAsync(null, 10, CancellationToken.None));
        Assert.Equal(("ab@example.test", "BONN"), (anna.AddressOn(Channel.Email), anna.Name));
    }

    [Fact]
    public async Task Progress_is_told_by_rows_and_bytes()
    {
        await using var world = await World.WithAsync();
        var told = new List<ImportProgress>();
        var file = Path.Combine(world.Folder, "people.csv");
        await File.WriteAllTextAsync(file, Header + string.Concat(Enumerable.Range(0, 1_100).Select(number => $"{number},A,,,,,\n")));
        await world.Get<CustomerFileImport>().RunAsync(
            new CustomerImportOptions { File = file, Mappings = Mappings, Progress = new Listener(told) }, CancellationToken.None);
        Assert.Equal([500, 1_000, 1_100], told.Select(one => one.Rows));
        Assert.Equal(told[^1].TotalBytes, told[^1].Bytes);
    }

    private static async Task<ImportReport> ImportAsync(World world, string text, params string[] mappings)
    {
        var file = Path.Combine(world.Folder, "people.csv");
        await File.WriteAllTextAsync(file, text);
        var options = new CustomerImportOptions { File = file, Mappings = mappings.Length > 0 ? mappings : Mappings };
        var report = await world.Get<CustomerFileImport>().RunAsync(options, CancellationToken.None);
        Assert.Empty(report.Faults);
        Assert.True(report.Balances);
        return report;
    }

    private sealed class Listener(List<ImportProgress> told) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => told.Add(value);
    }
}

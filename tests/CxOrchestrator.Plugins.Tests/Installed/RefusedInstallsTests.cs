using System.IO.Compression;
using CxOrchestrator.Plugins.Installed;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Tests.Installed;

/// <summary>What an install refuses, each with its reason; nothing is on the disk afterwards.</summary>
public sealed class RefusedInstallsTests : IDisposable
{
    private readonly AnInstaller _installer = new();

    [Theory]
    [InlineData("../escaped.dll", "leads outside the plugin's folder")]
    [InlineData("a/../../escaped.dll", "leads outside the plugin's folder")]
    [InlineData("/tmp/escaped.dll", "is an absolute path")]
    [InlineData("..\\escaped.dll", "has a backslash or a colon")]
    [InlineData("C:/escaped.dll", "has a backslash or a colon")]
    [InlineData("WellBehaved.dll:stream", "has a backslash or a colon")]
    [InlineData("a//b.dll", "leads outside the plugin's folder, or to another name")]
    [InlineData("nul.txt", "a device such as NUL")]
    [InlineData("a./b.dll", "a dot or blank at its end")]
    [InlineData("bell\u0007.dll", "has a control character")]
    [InlineData("wellbehaved.DLL", "is there twice")]
    [InlineData("plugin.json/below", "lies below a file")]
    public async Task A_path_escape_is_refused(string entry, string reason)
    {
        var zip = _installer.Zip(await _installer.PluginAsync(), also: archive => Write(archive.CreateEntry(entry)));

        var outcome = await _installer.InstallAsync(zip);

        Assert.Contains(outcome.Faults, fault => fault.Contains(reason, StringComparison.Ordinal) && fault.Contains("nothing of it was unpacked", StringComparison.Ordinal));
        Nothing();
    }

    [Fact]
    public async Task A_path_escape_by_a_link_in_an_archive_is_refused()
    {
        var zip = _installer.Zip(await _installer.PluginAsync(), also: archive =>
        {
            var link = archive.CreateEntry("lib");
            link.ExternalAttributes = unchecked((int)0xA1FF0000);
            Write(link, "/etc");
        });
        Assert.Contains("\"lib\" is a link", Assert.Single((await _installer.InstallAsync(zip)).Faults), StringComparison.Ordinal);
        Nothing();
    }

    [Fact]
    public async Task A_path_escape_by_a_link_in_a_folder_is_refused()
    {
        var folder = await _installer.PluginAsync();
        File.CreateSymbolicLink(Path.Combine(folder, "passwords"), "/etc/passwd");
        Directory.CreateSymbolicLink(Path.Combine(folder, "etc"), "/etc");
        var outcome = await _installer.InstallAsync(folder);
        Assert.Equal(2, outcome.Faults.Count(fault => fault.Contains("is a link or a device", StringComparison.Ordinal)));
        Nothing();
    }

    [Fact]
    public async Task All_escapes_of_a_package_are_told_at_once()
    {
        var zip = _installer.Zip(await _installer.PluginAsync(), also: archive =>
        {
            Write(archive.CreateEntry("../one"));
            Write(archive.CreateEntry("/two"));
        });
        Assert.Equal(2, (await _installer.InstallAsync(zip)).Faults.Count);
    }

    [Fact]
    public async Task A_wrong_sdk_range_is_refused()
    {
        var outcome = await _installer.InstallAsync(await _installer.PluginAsync(fixture: "wrong-sdk"));
        var fault = Assert.Single(outcome.Faults);
        Assert.Contains($"\"sdk\" is \"[7.0,8.0)\": the plugin does not work with this host's SDK {SdkVersion.Current}", fault, StringComparison.Ordinal);
        Assert.Contains($"get a version of the plugin that is made for SDK {SdkVersion.Current}", fault, StringComparison.Ordinal);
        Nothing();
    }

    [Fact]
    public async Task A_tampered_file_is_refused_by_the_expected_hash()
    {
        var folder = await _installer.PluginAsync();
        var hash = FolderHash.Of(folder);
        await File.AppendAllTextAsync(Path.Combine(folder, "WellBehaved.dll"), "x");

        var outcome = await _installer.InstallAsync(folder, request => request with { ExpectHash = hash });

        var fault = Assert.Single(outcome.Faults);
        Assert.Contains($"their hash is {outcome.Hash}, and --expect-hash says {hash}", fault, StringComparison.Ordinal);
        Nothing();
    }

    [Fact]
    public async Task A_tampered_file_is_refused_where_the_version_is_installed_with_others()
    {
        await _installer.InstalledAsync("1.0.0");
        var folder = await _installer.PluginAsync("1.0.0");
        await File.WriteAllTextAsync(Path.Combine(folder, "extra.txt"), "x");
        Assert.Contains("is installed with other files", Assert.Single((await _installer.InstallAsync(folder)).Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tampered_file_of_an_installed_version_is_not_covered_up_by_installing_it_again()
    {
        await _installer.InstalledAsync("1.0.0");
        await File.AppendAllTextAsync(Path.Combine(_installer.Book.FolderOf("well-behaved", "1.0.0"), "WellBehaved.dll"), "x");
        var outcome = await _installer.InstallAsync(await _installer.PluginAsync("1.0.0"));
        Assert.Contains("its files have changed since they were installed", Assert.Single(outcome.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("claims-too-much", "plugin.json claims EmailSender, which its connector Connector does not implement (IEmailSender)")]
    [InlineData("claims-what-nobody-has", "it claims what it lacks: Outbox (no connector implements IOutbox)")]
    public async Task A_plugin_that_claims_capabilities_that_it_lacks_is_refused(string fixture, string reason)
    {
        var outcome = await _installer.InstallAsync(await _installer.PluginAsync(fixture: fixture));
        Assert.Contains(reason, Assert.Single(outcome.Faults), StringComparison.Ordinal);
        Nothing();
    }

    [Fact]
    public async Task A_plugin_that_has_capabilities_that_it_does_not_claim_is_refused()
    {
        var folder = await _installer.PluginAsync(manifest: text => text.Replace("\"SmsSender\",", "\"SmsSender\"", StringComparison.Ordinal).Replace("\"HealthProbe\"", "", StringComparison.Ordinal));
        var outcome = await _installer.InstallAsync(folder);
        Assert.Equal(
            "its connector WellBehavedConnector implements HealthProbe (IHealthProbe), which plugin.json does not claim; tell the plugin's author",
            Assert.Single(outcome.Faults));
        Nothing();
    }

    [Fact]
    public async Task An_older_version_is_refused_without_allow_downgrade()
    {
        await _installer.InstalledAsync("1.10.0");
        var older = await _installer.PluginAsync("1.9.0");

        var outcome = await _installer.InstallAsync(older);
        Assert.Equal(
            "version 1.9.0 is older than 1.10.0, which is active; if you mean to go back, say --allow-downgrade", Assert.Single(outcome.Faults));
        Assert.Equal(["1.10.0"], _installer.Book.Read().Find("well-behaved")!.Versions.Keys);

        Assert.Empty((await _installer.InstallAsync(older, request => request with { AllowDowngrade = true, Now = true })).Faults);
        Assert.Equal("1.9.0", _installer.Book.Read().Find("well-behaved")!.Active);
    }

    [Fact]
    public async Task Reasons_that_stand_beside_each_other_are_told_at_once()
    {
        await _installer.InstalledAsync("2.0.0");
        var outcome = await _installer.InstallAsync(
            await _installer.PluginAsync("1.0.0"), request => request with { ExpectHash = "sha256:" + new string('0', 64), Share = 2 });
        Assert.Equal(3, outcome.Faults.Count);
    }

    [Theory]
    [InlineData("throws-in-constructor", "the licence file is missing")]
    [InlineData("malformed-json", "not valid JSON")]
    [InlineData("escape-parent", "only plain names of files")]
    [InlineData("brings-the-sdk", "the host provides")]
    [InlineData("missing-dependency", "which is missing")]
    [InlineData("not-an-assembly", "is not a .NET assembly")]
    [InlineData("no-such-type", "does not have")]
    public async Task A_plugin_that_could_not_be_used_is_refused(string fixture, string reason)
    {
        var outcome = await _installer.InstallAsync(await _installer.PluginAsync(fixture: fixture));
        Assert.Contains(outcome.Faults, fault => fault.Contains(reason, StringComparison.Ordinal));
        Nothing();
    }

    [Fact]
    public async Task An_archive_that_unpacks_to_more_than_any_plugin_has_is_refused_whatever_it_says()
    {
        var zip = _installer.Zip(await _installer.PluginAsync(), also: archive =>
        {
            using var stream = archive.CreateEntry("zeros.bin", CompressionLevel.SmallestSize).Open();
            var zeros = new byte[1024 * 1024];
            for (var megabyte = 0; megabyte < 520; megabyte++)
                stream.Write(zeros);
        });
        Assert.Contains("would take more than", Assert.Single((await _installer.InstallAsync(zip)).Faults), StringComparison.Ordinal);
        Nothing();
    }

    [Fact]
    public async Task An_archive_of_too_many_files_is_refused()
    {
        var zip = _installer.Zip(await _installer.PluginAsync(), also: archive =>
        {
            for (var number = 0; number < 5_000; number++)
                archive.CreateEntry($"{number}.txt");
        });
        Assert.Contains("and a plugin may have 5000", Assert.Single((await _installer.InstallAsync(zip)).Faults), StringComparison.Ordinal);
        Nothing();
    }

    [Fact]
    public async Task A_package_without_a_plugin_or_with_two_is_refused()
    {
        var none = _installer.PathOf("none");
        Directory.CreateDirectory(none);
        Assert.Contains("there is no plugin.json in it", Assert.Single((await _installer.InstallAsync(none)).Faults), StringComparison.Ordinal);
        var two = _installer.PathOf("two");
        await _installer.PluginAsync(into: two);
        await _installer.PluginAsync(into: Path.Combine(two, "deeper"));
        Assert.Contains("more than one plugin.json", Assert.Single((await _installer.InstallAsync(two)).Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_package_at_all_is_told()
    {
        var text = _installer.PathOf("words.zip");
        await File.WriteAllTextAsync(text, "words");
        await Assert.ThrowsAsync<InvalidDataException>(() => _installer.InstallAsync(text));
        await Assert.ThrowsAsync<FileNotFoundException>(() => _installer.InstallAsync(_installer.PathOf("nowhere")));
    }

    [Fact]
    public async Task An_upgrade_of_what_is_not_there_is_refused() =>
        Assert.Contains(
            "there is no plugin \"well-behaved\" to upgrade",
            Assert.Single((await _installer.InstallAsync(await _installer.PluginAsync(), request => request with { MustBeThere = true })).Faults),
            StringComparison.Ordinal);

    public void Dispose() => _installer.Dispose();

    private static void Write(ZipArchiveEntry entry, string text = "x")
    {
        using var writer = new StreamWriter(entry.Open());
        writer.Write(text);
    }

    private void Nothing()
    {
        Assert.Empty(_installer.Files());
        Assert.Empty(_installer.Book.Read().Plugins);
    }
}

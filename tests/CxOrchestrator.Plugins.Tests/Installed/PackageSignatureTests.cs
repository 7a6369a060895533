using System.Text;
using CxOrchestrator.Plugins.Installed.Packages;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Plugins.Tests.Installed;

public sealed class PackageSignatureTests : IDisposable
{
    private readonly AnInstaller _installer = new();

    [Fact]
    public async Task A_signed_package_is_installed_and_the_book_says_by_whom_it_is()
    {
        var package = await SignedAsync();
        var outcome = await _installer.InstallAsync(package);
        Assert.Empty(outcome.Faults);
        Assert.Equal(64, outcome.Done!.Fingerprint!.Length);
        Assert.Equal("verified by CN=Example Author", _installer.Book.Read().Find("well-behaved")!.Versions["1.0.0"].Signature);
    }

    [Fact]
    public async Task A_package_that_was_changed_after_it_was_signed_is_refused_wherever_the_change_is()
    {
        var package = await SignedAsync();
        var bytes = await File.ReadAllBytesAsync(package);
        // The signature can't vouch for its own entry; which certificate stands in it shows in the fingerprint.
        var entry = bytes.AsSpan().IndexOf(".signature.p7s"u8) - 30;
        var directory = entry + bytes.AsSpan(entry).IndexOf("PK\u0001\u0002"u8);
        var line = bytes.AsSpan().LastIndexOf(".signature.p7s"u8) - 46;
        var refused = 0;
        for (var at = 0; at < bytes.Length; at += Math.Max(1, bytes.Length / 100))
        {
            if ((at >= entry && at < directory) || (at >= line && at < bytes.Length - 22))
                continue;
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 0x20;
            await File.WriteAllBytesAsync(package, changed);
            try
            {
                using var opened = Package.Open(package);
                var (found, _, fault) = PackageSignature.Check(opened);
                // A changed name of the signature's own entry makes it one that isn't signed; that is told as what it is.
                Assert.True(fault is not null || found == "none", $"a change at {at} of {bytes.Length} went unseen");
                refused++;
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.True(refused >= 60);
        Assert.Empty(_installer.Files());
    }

    [Fact]
    public async Task A_file_that_was_put_in_after_signing_is_refused_by_an_install()
    {
        var package = await SignedAsync();
        using (var archive = System.IO.Compression.ZipFile.Open(package, System.IO.Compression.ZipArchiveMode.Update))
        {
            using var writer = new StreamWriter(archive.CreateEntry("content/cxo-plugin/spy.dll").Open());
            await writer.WriteAsync("x");
        }

        var outcome = await _installer.InstallAsync(package);
        Assert.Contains(outcome.Faults, fault => fault.StartsWith("its signature does not hold", StringComparison.Ordinal));
        Assert.Empty(_installer.Files());
    }

    [Fact]
    public async Task A_signature_that_is_none_is_refused()
    {
        var package = await UnsignedAsync();
        await File.WriteAllBytesAsync(package, SignedPackage.WithEntry(await File.ReadAllBytesAsync(package), Encoding.ASCII.GetBytes("trust me")));
        Assert.Contains("its signature does not hold", Assert.Single((await _installer.InstallAsync(package)).Faults), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Packages_that_nuget_itself_has_signed_hold()
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var packages = Directory.Exists(cache)
            ? Directory.EnumerateFiles(cache, "*.nupkg", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length < 2_000_000).Order(StringComparer.Ordinal).Take(40).ToList()
            : [];
        var signed = 0;
        foreach (var file in packages)
        {
            using var package = Package.Open(file);
            var (signature, _, fault) = PackageSignature.Check(package);
            Assert.True(fault is null, $"{file}: {fault}");
            signed += signature == "none" ? 0 : 1;
        }

        Skip.If(signed == 0, "No signed package lies in the package cache.");
    }

    public void Dispose() => _installer.Dispose();

    private async Task<string> SignedAsync()
    {
        var package = await UnsignedAsync();
        SignedPackage.Sign(package);
        return package;
    }

    private async Task<string> UnsignedAsync() => _installer.Zip(await _installer.PluginAsync(), "content/cxo-plugin/", "p.nupkg");
}

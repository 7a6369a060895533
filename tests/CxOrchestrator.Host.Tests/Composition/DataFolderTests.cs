using CxOrchestrator.Host.Composition;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Host.Tests.Composition;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_signing_key_is_made_once_and_is_for_its_owner_alone()
    {
        var key = SigningKeyFile.ReadOrMake(_folder.Path);
        Assert.Equal(key, SigningKeyFile.ReadOrMake(_folder.Path));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.PathOf("links.key")));
    }

    [Fact]
    public async Task Of_many_that_start_at_once_all_have_the_same_key()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => SigningKeyFile.ReadOrMake(_folder.Path))));
        Assert.All(keys, key => Assert.Equal(keys[0], key));
    }

    [Fact]
    public void A_damaged_signing_key_is_not_replaced_in_silence()
    {
        File.WriteAllBytes(_folder.PathOf("links.key"), [1, 2, 3]);
        var error = Assert.Throws<InvalidDataException>(() => SigningKeyFile.ReadOrMake(_folder.Path));
        Assert.Contains("put the right file back from a backup", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_engine_alone_runs_on_a_data_folder()
    {
        using (EngineLock.Take(_folder.Path))
        {
            var error = Assert.Throws<UserException>(() => EngineLock.Take(_folder.Path));
            Assert.Contains("Another cxo runs on", error.Message, StringComparison.Ordinal);
        }

        EngineLock.Take(_folder.Path).Dispose();
    }

    public void Dispose() => _folder.Dispose();
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Nodes;

namespace CxOrchestrator.Host.Settings;

/// <summary>The section <c>Node</c>: this process among those that share a store.</summary>
public sealed record NodeSettings
{
    /// <summary><c>Node:Name</c>: the same after a restart. Default: the machine's name and a few letters that stand for the data folder.</summary>
    public required string Name { get; init; }

    /// <summary><c>Node:LeaseSeconds</c>: how long a node that isn't heard of keeps what it holds. Default: 15 seconds.</summary>
    public required TimeSpan Lease { get; init; }

    internal static NodeSettings Read(SettingsSection node, string dataFolder, List<string> faults)
    {
        var name = node.Text("Name") is { Length: > 0 } given ? given : $"{Environment.MachineName}-{Letters(dataFolder)}";
        if (name.Length > 100 || name.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter == '/'))
            faults.Add($"Node:Name is \"{name}\": write at most 100 letters without spaces and slashes, such as node-1");
        var seconds = node.Whole("LeaseSeconds", 15, 2, 300);
        node.NothingElse();
        return new NodeSettings { Name = name, Lease = TimeSpan.FromSeconds(seconds) };
    }

    /// <summary>This process under the name, with a key of its own.</summary>
    public NodeIdentity Identity(string dataFolder, Uri listen, DateTimeOffset now) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{Name}/{Ids.New(now):N}"),
        Name = Name,
        Machine = Environment.MachineName,
        Process = Environment.ProcessId,
        Folder = dataFolder,
        Address = listen.AbsoluteUri,
        Version = ProgramVersion.Text,
    };

    private static string Letters(string folder) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..6];
}

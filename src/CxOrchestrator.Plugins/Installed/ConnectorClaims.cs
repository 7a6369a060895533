using System.Reflection;
using System.Reflection.Emit;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Installed;

/// <summary>
/// Compares what a manifest claims with what the entry type's connectors implement, without making one: a connector needs
/// settings, and an install has none yet. Which types <c>Connect</c> makes is read from its code, and from that of the plugin's
/// own methods that it calls.
/// </summary>
internal static class ConnectorClaims
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>All differences; none where nothing could be read from the code, since the first use tells them then.</summary>
    public static IReadOnlyList<string> Check(Type entryType, PluginManifest manifest)
    {
        var connectors = ConnectorsOf(entryType);
        if (connectors.Count == 0)
            return [];
        var names = string.Join(", ", connectors.Select(type => type.Name));
        var implemented = connectors.SelectMany(Capabilities.Of).ToHashSet();
        var faults = manifest.Capabilities.Except(implemented)
            .Select(lacking => $"plugin.json claims {lacking}, which its connector {names} does not implement ({Capabilities.InterfaceOf(lacking).Name})")
            .ToList();
        faults.AddRange(implemented.Except(manifest.Capabilities)
            .Select(hidden => $"its connector {names} implements {hidden} ({Capabilities.InterfaceOf(hidden).Name}), which plugin.json does not claim"));
        return faults;
    }

    /// <summary>The connector types that an entry type's <c>Connect</c> makes.</summary>
    public static IReadOnlyList<Type> ConnectorsOf(Type entryType)
    {
        var found = new HashSet<Type>();
        var seen = new HashSet<MethodBase>();
        var ahead = new Queue<MethodBase>(entryType.GetMethods(All).Where(IsConnect));
        while (ahead.TryDequeue(out var method))
        {
            if (!seen.Add(method))
                continue;
            foreach (var (code, called) in CallsOf(method))
            {
                if (code == OpCodes.Newobj && called.DeclaringType is { } made && typeof(IConnector).IsAssignableFrom(made))
                    found.Add(made);
                else if (called.Module.Assembly == entryType.Assembly)
                    ahead.Enqueue(called);
            }
        }

        return [.. found.OrderBy(type => type.FullName, StringComparer.Ordinal)];
    }

    private static bool IsConnect(MethodInfo method) => method.Name == nameof(IPlugin.Connect) || method.Name.EndsWith(".Connect", StringComparison.Ordinal);

    private static IEnumerable<(OpCode Code, MethodBase Called)> CallsOf(MethodBase method)
    {
        var il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < il.Length;)
        {
            short value = il[at++];
            if (value == 0xFE && at < il.Length)
                value = unchecked((short)((0xFE << 8) | il[at++]));
            if (!OpCodesByValue.TryGetValue(value, out var code))
                yield break;
            if (code.OperandType == OperandType.InlineMethod && Resolve(method, BitConverter.ToInt32(il, at)) is { } called)
                yield return (code, called);
            at += OperandLength(code, il, at);
        }
    }

    private static MethodBase? Resolve(MethodBase method, int token)
    {
        try
        {
            var ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
            return method.Module.ResolveMethod(token, ofType, method.IsGenericMethod ? method.GetGenericArguments() : null);
        }
        catch (Exception unresolved) when (unresolved is ArgumentException or BadImageFormatException or IOException or TypeLoadException or MissingMethodException)
        {
            return null;
        }
    }

    private static int OperandLength(OpCode code, byte[] il, int at) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
        _ => 4,
    };
}

using System.Reflection;
using CxOrchestrator.Plugins.Discovery;
using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Loading;

/// <summary>
/// Loads a plugin whose manifest has no faults, and makes its entry type. Runs the plugin's code for the first time: whoever
/// calls it sets a time limit.
/// </summary>
internal sealed class PluginLoader(ExceptionText exceptions)
{
    /// <summary>The plugin, or the fault that keeps it from being used.</summary>
    public (LoadedPlugin? Plugin, string? Fault) Load(FoundPlugin found)
    {
        var manifest = found.Manifest!;
        var context = new PluginLoadContext(found.Folder, manifest);
        var (entry, fault) = Try(context, manifest);
        if (entry is not null)
            return (entry, null);
        context.Unload();
        return (null, fault);
    }

    private (LoadedPlugin? Plugin, string? Fault) Try(PluginLoadContext context, PluginManifest manifest)
    {
        try
        {
            var assemblies = context.LoadAll();
            var entryAssembly = assemblies.Single(one => one.GetName().Name + ".dll" == manifest.Assembly);
            var (type, fault) = EntryType(entryAssembly, manifest);
            if (type is null)
                return (null, fault);
            if (UnclaimedFault(assemblies, manifest) is { } claim)
                return (null, claim);
            return Create(type, context, manifest);
        }
        catch (Exception broken)
        {
            return (null, $"its assemblies can't be loaded: {exceptions.Of(broken)}");
        }
    }

    private static (Type? Type, string? Fault) EntryType(Assembly assembly, PluginManifest manifest)
    {
        var type = assembly.GetType(manifest.EntryType, throwOnError: false);
        if (type is null)
        {
            var candidates = TypesOf(assembly).Where(IsConcrete<IPlugin>).Select(one => one.FullName!).ToList();
            return (null, $"\"entryType\" is \"{manifest.EntryType}\", which {manifest.Assembly} does not have; "
                + Spelling.NearestName.Hint(manifest.EntryType, candidates));
        }

        if (!typeof(IPlugin).IsAssignableFrom(type))
            return (null, $"its entry type {manifest.EntryType} does not implement IPlugin");
        if (type.IsAbstract || type.ContainsGenericParameters || type.GetConstructor(Type.EmptyTypes) is null)
            return (null, $"its entry type {manifest.EntryType} has no public constructor without parameters");
        return (type, null);
    }

    private static string? UnclaimedFault(IReadOnlyList<Assembly> assemblies, PluginManifest manifest)
    {
        var connectors = ThatMayConnect(assemblies).SelectMany(TypesOf).Where(IsConcrete<IConnector>).ToList();
        var lacking = manifest.Capabilities
            .Where(claimed => !connectors.Exists(Capabilities.InterfaceOf(claimed).IsAssignableFrom))
            .Select(claimed => $"{claimed} (no connector implements {Capabilities.InterfaceOf(claimed).Name})")
            .ToList();
        return lacking.Count == 0 ? null : $"it claims what it lacks: {string.Join(", ", lacking)}";
    }

    // A connector's assembly refers to the contract, or to one of the plugin's own that does. A vendor's library, which may have tens of thousands of types,
    // does not: looking at each of them took most of the time of a start.
    private static List<Assembly> ThatMayConnect(IReadOnlyList<Assembly> assemblies)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { typeof(IConnector).Assembly.GetName().Name! };
        var left = assemblies.Select(one => (One: one, Name: one.GetName().Name!, Asks: one.GetReferencedAssemblies())).ToList();
        var found = new List<Assembly>();
        while (left.Where(one => one.Asks.Any(asked => known.Contains(asked.Name!))).ToList() is { Count: > 0 } more)
        {
            found.AddRange(more.Select(one => one.One));
            known.UnionWith(more.Select(one => one.Name));
            left.RemoveAll(more.Contains);
        }

        return found;
    }

    private (LoadedPlugin? Plugin, string? Fault) Create(Type type, PluginLoadContext context, PluginManifest manifest)
    {
        IPlugin entry;
        try
        {
            entry = (IPlugin)Activator.CreateInstance(type)!;
        }
        catch (Exception broken)
        {
            return (null, $"the constructor of its entry type {manifest.EntryType} threw {exceptions.Of(broken)}");
        }

        try
        {
            var settings = entry.SettingsType;
            return settings is { IsClass: true, IsAbstract: false } && settings.GetConstructor(Type.EmptyTypes) is not null
                ? (new LoadedPlugin(manifest, entry, settings, context), null)
                : (null, "its settings type must be a class with a public constructor without parameters");
        }
        catch (Exception broken)
        {
            return (null, $"its settings type can't be had: {exceptions.Of(broken)}");
        }
    }

    private static bool IsConcrete<T>(Type type) => type is { IsClass: true, IsAbstract: false } && typeof(T).IsAssignableFrom(type);

    private static Type[] TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException some)
        {
            return [.. some.Types.OfType<Type>()];
        }
    }
}

using System.Reflection;

namespace CxOrchestrator.Host.Settings;

/// <summary>This program's version, as it was built.</summary>
public static class ProgramVersion
{
    /// <summary>For example <c>1.4.0</c>; what stands behind a plus sign (the commit) is left out.</summary>
    public static string Text { get; } =
        (typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}

namespace CxOrchestrator.Sdk;

/// <summary>The version of this contract, which manifests name in their <c>sdk</c> range.</summary>
public static class SdkVersion
{
    /// <summary>SemVer 2.0; raised with every change that a connector can notice.</summary>
    public const string Current = "0.2.0";
}

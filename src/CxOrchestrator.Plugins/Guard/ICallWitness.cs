namespace CxOrchestrator.Plugins.Guard;

/// <summary>Is told how guarded calls went, after the breaker was.</summary>
internal interface ICallWitness
{
    /// <summary>A call was answered.</summary>
    void Succeeded();

    /// <summary>A call was made and failed.</summary>
    void Failed(string reason);

    /// <summary>A call was refused because no slot will come free.</summary>
    void Exhausted();
}

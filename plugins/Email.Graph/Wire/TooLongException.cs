namespace CxOrchestrator.Plugins.EmailGraph.Wire;

/// <summary>An answer is longer than is read; asking again gives the same.</summary>
internal sealed class TooLongException() : Exception("the service's answer is longer than is read");

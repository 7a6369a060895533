namespace CxOrchestrator.NodeRig.Stops;

/// <summary>A stop that has been.</summary>
/// <param name="Kind">What was stopped.</param>
/// <param name="Node">Which node, from 0.</param>
/// <param name="At">When.</param>
/// <param name="Open">SMTP connections that were open just before, of the node or of all: on each at most two messages may have been without an answer.</param>
public sealed record DoneStop(StopKind Kind, int Node, DateTimeOffset At, int Open);

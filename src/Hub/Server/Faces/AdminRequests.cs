using System.Text.Json.Serialization;
using Vkp.Hub.AccessLog;
using Vkp.Hub.Correcting;
using Vkp.Hub.Handover;
using Vkp.Hub.Replay;
using Vkp.Hub.Retention;
using Vkp.Hub.Trace;

namespace Vkp.Hub.Faces;

/// <summary>
/// What the administration is asked, as it is read. A member that nobody knows is refused: it is one that was misspelt, and without it the question would be a wider one
/// (every municipality instead of the one that was meant).
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(AccessQuestion))]
[JsonSerializable(typeof(BreakGlassRequest))]
[JsonSerializable(typeof(CorrectionRequest))]
[JsonSerializable(typeof(DeadLetterSelection))]
[JsonSerializable(typeof(HandoverRequest))]
[JsonSerializable(typeof(ReplayRequest))]
[JsonSerializable(typeof(RetentionHoldRequest))]
[JsonSerializable(typeof(ShreddingRequest))]
[JsonSerializable(typeof(StaffGrantRequest))]
[JsonSerializable(typeof(TraceQuestion))]
internal sealed partial class AdminRequests : JsonSerializerContext;

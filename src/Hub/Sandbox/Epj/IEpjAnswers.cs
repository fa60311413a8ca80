namespace Vkp.Sandbox;

/// <summary>What goes back to the sender.</summary>
internal readonly record struct Answered(int Status, string Body);

/// <summary>How a journal system says what became of a message.</summary>
internal interface IEpjAnswers
{
    Answered Ok(IncomingMessage message, Guid answerId, DateTimeOffset now, long sequence);

    Answered TransientError(IncomingMessage message, Guid answerId, DateTimeOffset now);

    /// <param name="code">Of `vkp-operation-outcome-v090`, or null.</param>
    Answered FatalError(IncomingMessage message, Guid answerId, DateTimeOffset now, string? code, string text);
}

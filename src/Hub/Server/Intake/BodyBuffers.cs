using System.Buffers;
using Microsoft.Extensions.ObjectPool;

namespace Vkp.Hub.Intake;

/// <summary>Buffers that bodies are written into before they are sealed, used again: what is in them is needed no longer than that.</summary>
internal sealed class BodyBuffers : PooledObjectPolicy<ArrayBufferWriter<byte>>
{
    /// <summary>Most messages fit; a larger buffer is not kept.</summary>
    private const int KeptBytesMax = 256 * 1024;

    public static ObjectPool<ArrayBufferWriter<byte>> Shared { get; } = new DefaultObjectPool<ArrayBufferWriter<byte>>(new BodyBuffers());

    public override ArrayBufferWriter<byte> Create() => new(16 * 1024);

    public override bool Return(ArrayBufferWriter<byte> obj)
    {
        // It held a patient's message: this overwrites it.
        obj.Clear();
        return obj.Capacity <= KeptBytesMax;
    }
}

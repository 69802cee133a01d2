import TinyGPTFormats

/// Checkpoints that flags name.
enum CheckpointFile {
  static func load(_ path: String) throws(Failure) -> Checkpoint {
    do { return try Checkpoint(contentsOf: path) } catch let error as FileError {
      throw Failure(error)
    } catch let error as CheckpointError {
      throw Failure(error, path: path)
    } catch { preconditionFailure("Checkpoint: no other errors") }
  }
}
